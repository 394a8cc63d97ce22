// Plays the benchmark: every sitting alternates between Vitrine and its peer, and what comes out is a table and
// result.json. tests/bench/run prepares everything and starts this; see there for the options.
'use strict';

const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const { raiseSession } = require('./processes');
const { ensure, ensurePage } = require('./pyramids');
const { startScreen } = require('./screen');
const { playOurs, playTheirs } = require('./sittings');
const { makeRow, printTable } = require('./table');
const { showOurs, showViewer, installedViewers } = require('./viewers');
const { VISIT, PAN, GLIDE, WALK, SMOKE } = require('./visits');

const HD = [1920, 1080];
const UHD = [3840, 2160];
const REST_MS = 12000;
const PARTS = ['visit', 'memory', 'uhd', 'copy', 'sizes', 'viewers', 'text'];

function say(text) {
    console.log(`tests/bench/run: ${text}`);
}

// Of the longest interval of all rounds: how much of it the player ran, and how much it waited for a processor that other
// programs had.
function worstRows(list) {
    const worst = list.map((one) => one.worst_interval).filter(Boolean).sort((a, b) => b.ms - a.ms)[0] ?? {};
    const part = (id, label, value) => makeRow({ id, label, unit: 'ms', ours: [value ?? null] });
    return [part('interval-max-cpu', '  of the worst it ran', worst.cpu_ms),
        part('interval-max-wait', '  of the worst it waited for a processor', worst.waited_for_cpu_ms)];
}

// ---- the parts: each plays its sittings and returns rows

const pick = (list, key) => list.map((one) => one[key]);

// A sitting that went wrong, a tile that a busy machine let time out for instance, is said and played once more.
async function sit(play, ...particulars) {
    try {
        return await play(...particulars);
    } catch (error) {
        say(`once more, for ${error.message}`);
        return play(...particulars);
    }
}

// Alternates: ours, theirs, ours, theirs. The first of each is not counted: it warms the caches and the profile, for
// which a short visit is enough.
async function alternate(setting, label, size, pyramid, sitting) {
    const screen = await startScreen(size);
    const ours = [], theirs = [];
    try {
        for (let round = 0; round <= setting.rounds; round++) {
            say(`${label}: ${round === 0 ? 'warming up' : `round ${round} of ${setting.rounds}`}`);
            const warming = round === 0 ? { ...sitting, visit: SMOKE, rest: 0 } : sitting;
            const one = await sit(playOurs, setting, screen, pyramid, { ...warming, size });
            const other = await sit(playTheirs, setting, screen, pyramid, { ...warming, size });
            if (round > 0) {
                ours.push(one);
                theirs.push(other);
            }
        }
    } finally {
        await screen.stop();
    }
    return { ours, theirs };
}

// makes a row of one figure that both have under the same name
function rowOf({ ours, theirs }, id, label, unit, key, target, more = {}) {
    return makeRow({ id, label, unit, ours: pick(ours, key), theirs: pick(theirs, key), target, ...more });
}

async function visitPart(setting, raw) {
    const giga = setting.pyramid('giga');
    const both = await alternate(setting, '30 s visit, 1 gigapixel, 1920x1080', HD, giga,
        { visit: VISIT, rest: REST_MS });
    raw.visit = both;
    return [
        rowOf(both, 'first', 'launch to first picture', 'ms', 'seen_first_ms', { ratio: 1 / 7 }),
        rowOf(both, 'first-said', '  as the program itself says', 'ms', 'first_ms', null),
        rowOf(both, 'sharp', 'launch to whole page sharp', 'ms', 'sharp_ms', { ratio: 1 / 6 }),
        rowOf(both, 'sharp-seen', '  seen from outside, until the screen stands', 'ms', 'seen_sharp_ms', null),
        rowOf(both, 'jump', 'jump to 1:1 to sharp', 'ms', 'jump_ms', { ratio: 1 / 6 }),
        rowOf(both, 'interval-p99', 'interval between frames, p99', 'ms', 'interval_p99_ms', { ratio: 1 / 3 }),
        rowOf(both, 'interval-max', 'interval between frames, worst', 'ms', 'interval_max_ms', { most: 33 },
            { worst: true }),
        ...worstRows(both.ours),
        rowOf(both, 'interval-p50', 'interval between frames, median', 'ms', 'interval_p50_ms',
            { ratio: 1, tolerance: 0.003 }),
        rowOf(both, 'seen-p99', '  the same, seen from outside, p99', 'ms', 'seen_p99_ms', null),
        rowOf(both, 'seen-max', '  seen from outside, worst', 'ms', 'seen_max_ms', null, { worst: true }),
        rowOf(both, 'seen-p50', '  seen from outside, median', 'ms', 'seen_p50_ms', null),
        rowOf(both, 'cpu', 'CPU for the visit', 's', 'cpu_s', { ratio: 1 / 6 }, { digits: 2 }),
        rowOf(both, 'cpu-x', '  of the X server meanwhile', 's', 'x_server_cpu_s', null, { digits: 2 }),
        rowOf(both, 'rest-wakeups', 'at rest: wake-ups', 'a second', 'rest_wakeups_per_s', { most: 0.1 },
            { digits: 2 }),
        rowOf(both, 'rest-cpu', 'at rest: CPU', 'ms a second', 'rest_cpu_ms_per_s', { ratio: 1 / 1000 },
            { digits: 4 }),
    ];
}

async function memoryPart(setting, raw) {
    const both = await alternate(setting, 'memory, the same visit', HD, setting.pyramid('giga'),
        { visit: VISIT, rest: 0, memory: true });
    raw.memory = both;
    for (const list of [both.ours, both.theirs]) {
        list.forEach((one) => Object.assign(one, { peak_pss_mb: one.peak_pss_kb / 1024 }));
    }
    return [rowOf(both, 'memory', 'memory at its peak, PSS', 'MB', 'peak_pss_mb', { ratio: 1 / 8 })];
}

async function uhdPart(setting, raw) {
    const both = await alternate(setting, 'jumps and pans, 3840x2160', UHD, setting.pyramid('giga'),
        { visit: PAN, rest: 0 });
    raw.uhd = both;
    return [
        rowOf(both, 'uhd-jump', '3840x2160: jump to 1:1 to sharp', 'ms', 'jump_ms', { ratio: 1 / 15 }),
        rowOf(both, 'uhd-pan', '3840x2160: pan', 'frames/s', 'seen_frames_per_s', { least: 5 }),
        makeRow({ id: 'uhd-possible', label: '  that the time of a frame would allow', unit: 'frames/s',
            ours: pick(both.ours, 'frames_possible_per_s') }),
        rowOf(both, 'uhd-p99', '  interval between frames, p99', 'ms', 'seen_p99_ms', null),
    ];
}

// `rounds` sittings of ours alone on each of some pyramids, alternating between these.
async function alone(setting, label, pyramids, sitting) {
    const screen = await startScreen(sitting.size);
    const lists = new Map(pyramids.map((pyramid) => [pyramid.name, []]));
    try {
        for (let round = 0; round <= setting.rounds; round++) {
            say(`${label}: ${round === 0 ? 'warming up' : `round ${round} of ${setting.rounds}`}`);
            for (const pyramid of pyramids) {
                const one = await sit(playOurs, setting, screen, pyramid, sitting);
                if (round > 0) {
                    lists.get(pyramid.name).push(one);
                }
            }
        }
    } finally {
        await screen.stop();
    }
    return lists;
}

function copyMs(setting, size) {
    return Number(execFileSync(path.join(setting.tools, 'bench_copy'), size.map(String), { encoding: 'utf8' }));
}

async function copyPart(setting, raw) {
    const copies = [];
    const giga = setting.pyramid('giga');
    for (let round = 0; round < setting.rounds; round++) {
        copies.push(copyMs(setting, HD));
    }
    const lists = await alone(setting, 'frames at 1:1 against copying', [giga], { visit: GLIDE, rest: 0, size: HD });
    raw.copy = { copies, ours: lists.get('giga') };
    return [makeRow({ id: 'copy', label: 'a frame at 1:1 / copying its bytes twice', unit: 'ms', digits: 2,
        ours: pick(raw.copy.ours, 'frame_p50_ms'), theirs: copies, target: { ratio: 2 } })];
}

function sizeRow(lists, id, label, unit, name, key, digits) {
    const row = makeRow({ id, label, unit, digits, ours: pick(lists.get(name), key),
        theirs: pick(lists.get('giga'), key) });
    row.target = { ratio: 1.1 };
    row.reached = row.ratio !== null && Math.abs(row.ratio - 1) <= 0.1;
    return row;
}

async function sizesPart(setting, raw) {
    const pyramids = ['giga', 'small', 'huge'].map(setting.pyramid);
    const lists = await alone(setting, '0.1, 1 and 10 gigapixels', pyramids,
        { visit: WALK, rest: 0, memory: true, size: HD });
    raw.sizes = Object.fromEntries(lists);
    for (const one of [...lists.values()].flat()) {
        one.peak_pss_mb = one.peak_pss_kb / 1024;
    }
    return [['small', '0.1'], ['huge', '10']].flatMap(([name, size]) => [
        sizeRow(lists, `memory-${name}`, `${size} gigapixels / 1: memory`, 'MB', name, 'peak_pss_mb', 1),
        sizeRow(lists, `frame-${name}`, `${size} gigapixels / 1: frame, median`, 'ms', name, 'frame_p50_ms', 2),
    ]);
}

async function viewersPart(setting, raw) {
    const page = ensurePage(setting.pyramids, setting.tools, say), viewers = installedViewers();
    const lists = new Map([['ours', []], ...viewers.map(({ name }) => [name, []])]);
    const screen = await startScreen(HD);
    try {
        for (let round = 0; round < setting.rounds; round++) {
            say(`one page of 40 megapixels: round ${round + 1} of ${setting.rounds}`);
            lists.get('ours').push(await showOurs(setting, screen, page));
            for (const viewer of viewers) {
                lists.get(viewer.name).push(await showViewer(setting, screen, viewer, page));
            }
        }
    } finally {
        await screen.stop();
    }
    raw.viewers = Object.fromEntries(lists);
    const row = (name, id, label, unit, key, digits) => makeRow({ id: `${name}-${id}`,
        label: `40 megapixels, ${name}: ${label}`, unit, digits, ours: pick(lists.get('ours'), key),
        theirs: pick(lists.get(name), key) });
    for (const one of [...lists.values()].flat()) {
        one.pss_mb = one.pss_kb / 1024;
    }
    return viewers.flatMap(({ name }) => [
        row(name, 'first', 'launch to first picture', 'ms', 'seen_first_ms', 0),
        row(name, 'sharp', 'launch to sharp', 'ms', 'seen_sharp_ms', 0),
        row(name, 'cpu', 'CPU', 's', 'cpu_s', 2), row(name, 'memory', 'PSS', 'MB', 'pss_mb', 0)]);
}

// The text: a page of 3,000 characters in five scripts. bench_text alternates by itself, and counts processor time.
async function textPart(setting, raw) {
    say('text: 3,000 characters in five scripts, against SDL2_ttf');
    const lines = execFileSync(setting.text, { encoding: 'utf8' }).split('\n').slice(2);
    const table = lines.slice(0, lines.findIndex((line) => line.trim() === '')); // another table follows
    raw.text = table.map((line) => line.replace(/[|]/g, ' ').trim().split(/\s+/)).filter((cells) => cells.length > 6)
        .map(([name, ...figures]) => {
            const [cold, warm, scroll, recolour, peerCold, peerWarm] = figures.map(Number);
            return { name, cold, warm, scroll, recolour, peerCold, peerWarm };
        });
    return raw.text.flatMap((one) => {
        const row = (id, label, ours, theirs, target) => makeRow({ id: `text-${id}-${one.name}`,
            label: `text, ${one.name}: ${label}`, unit: 'ms', digits: 2, ours: [ours],
            theirs: theirs === null ? null : [theirs], target });
        return [row('cold', 'cold', one.cold, null, { most: 50 }), row('warm', 'warm', one.warm, null, { most: 10 }),
            row('scroll', 'scrolled', one.scroll, null, { most: 4 }),
            row('cold-peer', 'cold / SDL2_ttf', one.cold, one.peerCold, { ratio: 1 / 5 }),
            row('warm-peer', 'warm / SDL2_ttf', one.warm, one.peerWarm, { ratio: 1 / 5 })];
    });
}

const RUN_PART = { visit: visitPart, memory: memoryPart, uhd: uhdPart, copy: copyPart, sizes: sizesPart,
    viewers: viewersPart, text: textPart };

// ---- the whole

function machine() {
    const chromium = () => {
        try {
            return execFileSync('chromium', ['--version'],
                { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
        } catch {
            return null;
        }
    };
    const [cpu] = os.cpus();
    return { cpu: cpu?.model, cores: os.cpus().length, memory_mb: Math.round(os.totalmem() / 1048576),
        kernel: os.release(), node: process.version, chromium: chromium(), load: os.loadavg(), niceness: os.getPriority(0) };
}

async function smoke(setting) {
    const size = [1280, 720], screen = await startScreen(size);
    try {
        const one = await playOurs(setting, screen, setting.pyramid('smoke'), { visit: SMOKE, rest: 0, memory: true, size });
        const { report } = one;
        const wrong = [
            [one.seen_first_ms === null, 'no picture was seen on the screen'],
            [!(one.first_ms > 0 && one.sharp_ms >= one.first_ms), 'the launch was not measured'],
            [one.jumps_ms.length !== 1, 'the jump was not measured'],
            [!(report.frames > 10), 'hardly anything was drawn'],
            [!(one.interval_p50_ms > 0), 'nothing moved'],
            [report.worst_interval.ms !== report.interval_ms.max, 'the longest interval is not explained'],
            [report.tiles.failed !== 0 || report.tiles.decoded === 0, 'tiles failed'],
            [!(one.peak_pss_kb > 1000), 'its memory was not seen'],
        ].filter(([bad]) => bad).map(([, text]) => text);
        wrong.forEach(say);
        say(`smoke: ${report.frames} frames, ${report.tiles.decoded} tiles, sharp after ` +
            `${Math.round(one.sharp_ms)} ms`);
        return wrong.length === 0;
    } finally {
        await screen.stop();
    }
}

function setup(setting) {
    ['giga', 'small', 'huge'].forEach(setting.pyramid);
    ensurePage(setting.pyramids, setting.tools, say);
    say('ready');
    return true;
}

// What a part is profiled with when a row of it is missed.
const PROFILED = {
    visit: { visit: VISIT, size: HD },
    memory: { visit: VISIT, size: HD, memory: true },
    uhd: { visit: PAN, size: UHD },
    copy: { visit: GLIDE, size: HD },
    sizes: { visit: WALK, size: HD, memory: true },
};

function hasPerf() {
    try {
        return execFileSync('perf', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }) !== '';
    } catch {
        return false;
    }
}

// One sitting under perf: the functions that the player and its decoders spend their time in, most first; and, with
// `memory`, what its memory is made of at its peak.
async function profileOf(setting, { visit, size, memory = false }) {
    const data = path.join(setting.folder, 'perf.data');
    const screen = await startScreen(size);
    const sitting = { visit, rest: 0, memory, parts: memory, size };
    let one;
    try {
        one = await sit(playOurs, setting, screen, setting.pyramid('giga'), hasPerf()
            ? { ...sitting, wrapper: ['perf', 'record', '-q', '-F', '997', '-o', data] } : sitting);
    } finally {
        await screen.stop();
    }
    const parts = (one.peak_parts ?? []).map(({ kind, kb }) => `  ${(kb / 1024).toFixed(1).padStart(6)} MB  ${kind}`);
    if (!hasPerf()) {
        return [...parts, '  (perf is not installed: no profile of its time)'];
    }
    const report = execFileSync('perf', ['report', '-i', data, '--stdio', '--sort', 'comm,dso,symbol',
        '--percent-limit', '1'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return [...parts, ...report.split('\n').filter((line) => line.trim() && !line.startsWith('#'))];
}

async function profile(setting) {
    console.log((await profileOf(setting, PROFILED.visit)).join('\n'));
    return true;
}

// Where the time goes of what is missed, part by part.
async function profileMissed(setting, result, missed) {
    result.profiles = {};
    for (const part of Object.keys(PROFILED).filter((name) => missed.some((row) => row.part === name))) {
        const rows = missed.filter((row) => row.part === part);
        say(`where it goes: ${rows.map((row) => row.label.trim()).join('; ')}`);
        try {
            result.profiles[part] = await profileOf(setting, PROFILED[part]);
            console.log(result.profiles[part].slice(0, 24).join('\n'));
        } catch (error) {
            say(`no profile: ${error.message}`);
        }
    }
}

function readOptions() {
    const option = JSON.parse(process.env.VITRINE_BENCH);
    const folder = option.into;
    const setting = { ...option, parts: option.parts.split(','), folder, pyramids: path.join(folder, 'pyramids'), tools: path.join(folder, 'tools'),
        peer: path.join(folder, 'peer'), profile: path.join(folder, 'profile'),
        library: path.join(folder, 'node_modules/openseadragon/build/openseadragon/openseadragon.min.js') };
    fs.mkdirSync(setting.pyramids, { recursive: true });
    setting.pyramid = (name) => ensure(name, setting.pyramids, setting.tools, say);
    return setting;
}

async function everything(setting) {
    const [load] = os.loadavg();
    if (load > 0.5) {
        say(`this machine is busy with something else (load ${load.toFixed(1)}): so will be the figures`);
    }
    const result = { started: new Date().toISOString(), rounds: setting.rounds, machine: machine(), rows: [], raw: {} };
    const write = () => fs.writeFileSync(path.join(setting.folder, 'result.json'),
        `${JSON.stringify(result, null, 1)}\n`);
    for (const part of PARTS.filter((name) => setting.parts.includes(name))) {
        const rows = await RUN_PART[part](setting, result.raw);
        result.rows.push(...rows.map((row) => ({ ...row, part })));
        write();
    }
    console.log();
    printTable(result.rows);
    const missed = result.rows.filter((row) => row.reached === false);
    const reached = result.rows.filter((row) => row.reached);
    await profileMissed(setting, result, missed);
    write();
    say(`${reached.length} targets reached, ${missed.length} missed; ` +
        `medians of ${setting.rounds} rounds, all figures in ${path.join(setting.folder, 'result.json')}`);
    return true;
}

async function main() {
    const setting = readOptions();
    if (process.env.VITRINE_BENCH_RAISED) {
        os.setPriority(0, -20); // what is started inherits it
        raiseSession('self'); // whoever looks on must not wait either
    }
    const good = await { all: everything, setup, smoke, profile }[setting.mode](setting);
    process.exit(good ? 0 : 1);
}

main().catch((error) => {
    console.error(`tests/bench/run: ${error.stack}`);
    process.exit(3);
});
