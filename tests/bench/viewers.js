// Second peers, where they can: programs that show one image without pyramids, on a page of 40 megapixels.
'use strict';

const { spawn } = require('child_process');
const fs = require('fs');

const { cpuSeconds, family, keepTrack, pssKb } = require('./processes');
const { watchScreen, launchSeen } = require('./screen');
const { startPlayer } = require('./vitrine');
const { sleep } = require('./sittings');

const SHOWN_MS = 4500;

const VIEWERS = [
    { name: 'feh', file: '/usr/bin/feh', args: (file, [width, height]) => ['--borderless', '--auto-zoom',
        '--scale-down', '--geometry', `${width}x${height}+0+0`, file] },
    // It shows a page at a resolution: that at which the whole page fits.
    { name: 'mupdf', file: '/usr/bin/mupdf', args: (file, [width, height], image) => ['-r',
        String(Math.floor(600 * Math.min(width / image.width, height / image.height))), file] },
];

// What is the same for every program: when its picture stood there, and what it had cost by then.
async function measure(setting, screen, child, startedAt, watcher) {
    await sleep(startedAt + SHOWN_MS - Date.now());
    const changes = await watcher.stop(), pids = family(child.pid);
    return { ...launchSeen(changes, startedAt), cpu_s: cpuSeconds(pids), pss_kb: pssKb(pids) };
}

async function showViewer(setting, screen, viewer, image) {
    const watcher = watchScreen(setting.tools, screen);
    const startedAt = Date.now();
    const child = keepTrack(spawn(viewer.file, viewer.args(image.file, screen.size, image),
        { detached: true, stdio: 'ignore', env: { ...process.env, DISPLAY: screen.display } }));
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const result = await measure(setting, screen, child, startedAt, watcher);
    child.kill();
    await ended;
    return result;
}

async function showOurs(setting, screen, image) {
    const watcher = watchScreen(setting.tools, screen);
    const player = startPlayer({ program: setting.program, image: image.file, size: screen.size, folder: setting.folder,
        script: `0 go scan\n${SHOWN_MS + 1500} quit\n`, env: { ...process.env, DISPLAY: screen.display } });
    const result = await measure(setting, screen, player.child, player.startedAt, watcher);
    await player.report();
    return result;
}

function installedViewers() {
    return VIEWERS.filter((viewer) => fs.existsSync(viewer.file));
}

module.exports = { showOurs, showViewer, installedViewers };
