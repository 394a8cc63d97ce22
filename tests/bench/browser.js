// Chromium in kiosk mode, driven over the DevTools protocol through a pair of pipes (no socket, no server).
'use strict';

const { spawn } = require('child_process');
const fs = require('fs');
const path = require('path');

const { family, keepTrack } = require('./processes');

const PROGRAMS = ['/usr/lib/chromium/chromium', '/usr/bin/chromium'];

function program() {
    const found = PROGRAMS.find((file) => fs.existsSync(file));
    if (!found) {
        throw new Error('Chromium is not installed');
    }
    return found;
}

// What a museum would set, and all that spares the browser work.
function flags(profile, size) {
    return ['--kiosk', '--no-first-run', '--no-default-browser-check', '--test-type', '--disable-gpu',
        '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions',
        '--disable-default-apps', '--disable-breakpad', '--disable-crash-reporter', '--disable-pings',
        '--disable-domain-reliability', '--disable-client-side-phishing-detection', '--disable-infobars',
        '--disable-session-crashed-bubble', '--disable-search-engine-choice-screen', '--disable-notifications',
        '--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication,DialMediaRouteProvider',
        '--metrics-recording-only', '--no-pings', '--password-store=basic', '--ozone-platform=x11',
        '--autoplay-policy=no-user-gesture-required', '--force-device-scale-factor=1', '--allow-file-access-from-files',
        '--window-position=0,0', `--window-size=${size[0]},${size[1]}`, `--user-data-dir=${profile}`,
        '--remote-debugging-pipe', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])];
}

// The protocol: JSON messages that end with a zero byte, ours on descriptor 3, the browser's on 4.
class DevTools {
    constructor(child) {
        this.output = child.stdio[3];
        this.waiting = new Map();
        this.next = 1;
        let rest = Buffer.alloc(0);
        child.stdio[4].on('data', (data) => {
            rest = Buffer.concat([rest, data]);
            for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
                this.take(JSON.parse(rest.subarray(0, end).toString()));
                rest = rest.subarray(end + 1);
            }
        });
        this.output.on('error', () => {});
        child.once('exit', () => {
            for (const { reject } of this.waiting.values()) {
                reject(new Error('the browser has ended'));
            }
        });
    }

    take(message) {
        const waiting = this.waiting.get(message.id);
        this.waiting.delete(message.id);
        if (waiting && message.error) {
            waiting.reject(new Error(message.error.message));
        } else if (waiting) {
            waiting.resolve(message.result);
        }
    }

    send(method, params = {}, sessionId = undefined) {
        const id = this.next++;
        this.output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
        return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    }
}

class Browser {
    constructor(child, startedAt) {
        this.child = child;
        this.startedAt = startedAt;
        this.tools = new DevTools(child);
        this.ended = new Promise((resolve) => child.once('exit', resolve));
    }

    pids() {
        return family(this.child.pid);
    }

    // The value of an expression in the page; promises are waited for.
    async evaluate(expression) {
        if (!this.session) {
            const { targetInfos } = await this.tools.send('Target.getTargets');
            const page = targetInfos.find((target) => target.type === 'page' && target.url.startsWith('file:'));
            const attached = await this.tools.send('Target.attachToTarget', { targetId: page.targetId, flatten: true });
            this.session = attached.sessionId;
        }
        const answer = await this.tools.send('Runtime.evaluate',
            { expression, awaitPromise: true, returnByValue: true }, this.session);
        const wrong = answer.exceptionDetails;
        if (wrong) {
            throw new Error(`in the page: ${wrong.exception?.description ?? wrong.text}`);
        }
        return answer.result.value;
    }

    // The page's scripts may not have run yet, in a new profile above all.
    async loaded(expression) {
        for (let left = 100; left > 0; left--) {
            if (await this.evaluate(`typeof ${expression}`).catch(() => null) === 'object') {
                return;
            }
            await new Promise((resolve) => setTimeout(resolve, 300));
        }
        throw new Error('the peer\'s page does not load');
    }

    async close() {
        this.tools.send('Browser.close').catch(() => {});
        const late = setTimeout(() => this.pids().forEach((pid) => {
            try {
                process.kill(pid, 'SIGKILL');
            } catch { /* it ended by itself */ }
        }), 8000);
        await this.ended;
        clearTimeout(late);
    }
}

// Starts the browser on a page. `env` has DISPLAY.
function startBrowser({ profile, size, url, env }) {
    const startedAt = Date.now();
    const child = keepTrack(spawn(program(), [...flags(profile, size), url],
        { detached: true, env, stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] }));
    return new Browser(child, startedAt);
}

// Lays out the peer's page in a folder of its own: what the browser opens.
function writePeer(folder, { library, pyramid, visit, view, options }) {
    fs.mkdirSync(folder, { recursive: true });
    for (const file of ['peer.html', 'peer.js']) {
        fs.copyFileSync(path.join(__dirname, file), path.join(folder, file));
    }
    fs.copyFileSync(library, path.join(folder, 'openseadragon.min.js'));
    const tiles = { ...pyramid, url: `file://${encodeURI(pyramid.file.replace(/[.]dzi$/, '_files/'))}` };
    fs.writeFileSync(path.join(folder, 'settings.js'),
        `window.settings = ${JSON.stringify({ tiles, visit, view, options })};\n`);
    return `file://${encodeURI(path.join(folder, 'peer.html'))}`;
}

module.exports = { startBrowser, writePeer };
