// An X server of our own, with its frame buffer in a file, and a look at it from outside.
'use strict';

const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const { keepTrack } = require('./processes');

const PICTURE_COLOURS = 24; // a picture of noise has hundreds in the grid, a blank page one or two
const STILL_MS = 400; // so long nothing changed: it was complete
const SAME_FRAME_MS = 6; // changes so close to each other are one frame on its way into the frame buffer

// Frame buffers belong in memory: on a disk they would be written back.
function bufferFolder() {
    const memory = fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir();
    return fs.mkdtempSync(path.join(memory, 'vitrine-bench-'));
}

async function startScreen(size) {
    const folder = bufferFolder();
    const args = ['-displayfd', '3', '-screen', '0', `${size[0]}x${size[1]}x24`, '-fbdir', folder, '-nolisten', 'tcp',
        '-noreset', '-dpi', '96'];
    const server = keepTrack(spawn('Xvfb', args, { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] }));
    const remove = () => fs.rmSync(folder, { recursive: true, force: true });
    process.once('exit', remove);
    const ended = new Promise((resolve) => server.once('exit', resolve));
    const number = await Promise.race([
        new Promise((resolve) => server.stdio[3].once('data', (data) => resolve(String(data).trim()))), ended]);
    if (!/^\d+$/.test(String(number))) {
        throw new Error('Xvfb did not start');
    }
    const stop = async () => {
        server.kill();
        await ended;
        remove();
    };
    return { display: `:${number}`, pid: server.pid, buffer: path.join(folder, 'Xvfb_screen0'), size, stop };
}

// Watches the screen until stop(), which gives the changes seen: [milliseconds since 1970, colours] each.
function watchScreen(tools, screen) {
    const watcher = spawn(path.join(tools, 'bench_watch'), [screen.buffer], { stdio: ['pipe', 'pipe', 'inherit'] });
    let text = '';
    watcher.stdout.on('data', (data) => {
        text += data;
    });
    const ended = new Promise((resolve) => watcher.once('close', resolve));
    const stop = async () => {
        watcher.stdin.end();
        await ended;
        return text.trim().split('\n').slice(1).map((line) => line.split(' ').map(Number));
    };
    return { stop };
}

// How long after `start` the first picture stood there, and how long until it was complete; null where that was not
// seen.
function launchSeen(changes, start) {
    const first = changes.findIndex(([, colours]) => colours >= PICTURE_COLOURS);
    let last = first;
    while (last >= 0 && last + 1 < changes.length && changes[last + 1][0] - changes[last][0] < STILL_MS) {
        last++;
    }
    return first < 0 ? { seen_first_ms: null, seen_sharp_ms: null }
        : { seen_first_ms: changes[first][0] - start, seen_sharp_ms: changes[last][0] - start };
}

// The times between the frames seen from `from` to `to`.
function intervalsSeen(changes, from, to) {
    const frames = changes.map(([ms]) => ms).filter((ms) => ms >= from && ms <= to)
        .filter((ms, i, list) => i === 0 || ms - list[i - 1] > SAME_FRAME_MS);
    return frames.slice(1).map((ms, i) => ms - frames[i]);
}

module.exports = { startScreen, watchScreen, launchSeen, intervalsSeen };
