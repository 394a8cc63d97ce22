// Vitrine, started as a museum would and measured from outside; what only it can know comes from its --report.
'use strict';

const { spawn, execFileSync } = require('child_process');
const fs = require('fs');
const path = require('path');

const { family, keepTrack } = require('./processes');

class Player {
    constructor(child, startedAt, files) {
        this.child = child;
        this.startedAt = startedAt;
        this.files = files;
        this.ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
    }

    pids() {
        return family(this.child.pid);
    }

    // Waits for the end of the script.
    async report() {
        const status = await this.ended;
        if (status !== 0) {
            throw new Error(`vitrine ended with ${status}: ${fs.readFileSync(this.files.log, 'utf8').trim()}`);
        }
        return JSON.parse(fs.readFileSync(this.files.report, 'utf8'));
    }
}

// Plays an image with a script. `env` has DISPLAY.
function startPlayer({ program, image, script, size, folder, env, wrapper = [] }) {
    const files = { script: path.join(folder, 'visit.txt'), report: path.join(folder, 'report.json'),
        log: path.join(folder, 'vitrine.log') };
    fs.writeFileSync(files.script, script);
    fs.rmSync(files.report, { force: true });
    const log = fs.openSync(files.log, 'w');
    const command = [...wrapper, program, 'play', image, '--script', files.script, '--report', files.report, '--mode',
        'kiosk', '--size', size.join('x')];
    const startedAt = Date.now();
    const child = keepTrack(spawn(command[0], command.slice(1), { detached: true, env, stdio: ['ignore', log, log] }));
    fs.closeSync(log);
    return new Player(child, startedAt, files);
}

// Where the page is drawn in a window of that size.
function pageView(program, image, size) {
    const tree = execFileSync(program, ['describe', image, '--place', 'scan', '--size', size.join('x')],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    const box = /^\s*image .* page (-?\d+),(-?\d+) (\d+)x(\d+)/m.exec(tree);
    if (!box) {
        throw new Error('vitrine describe shows no page');
    }
    const [x, y, width, height] = box.slice(1).map(Number);
    return { x, y, width, height };
}

module.exports = { startPlayer, pageView };
