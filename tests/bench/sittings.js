// One sitting of Vitrine or of the peer: the program is started, plays its visit and ends; what was measured comes
// back, under the same names for both.
'use strict';

const { writePeer, startBrowser } = require('./browser');
const { activity, activityBetween, cpuSeconds, pssKb, pssParts } = require('./processes');
const { watchScreen, launchSeen, intervalsSeen } = require('./screen');
const { startPlayer, pageView } = require('./vitrine');
const { lengthOf, movements, script, jumps, FAR_PLACES } = require('./visits');

const LAUNCH_MS = 3000; // from when on the memory may be looked at
const SETTLE_MS = 4000; // from the end of a visit until rest is measured
const SAMPLE_MS = 400; // between two looks at the memory
const MORE_MS = 800; // of pause before the jumps that follow the rest

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

// Samples the memory of a program; what is returned stops it and gives the peak, with `parts` also what it was made of.
// It begins after the launch, which it would disturb.
function watchMemory(pids, parts = false) {
    const peak = { peak_pss_kb: 0 };
    const look = () => {
        const all = pids(), kb = pssKb(all);
        if (kb > peak.peak_pss_kb) {
            Object.assign(peak, { peak_pss_kb: kb }, parts ? { peak_parts: pssParts(all) } : {});
        }
    };
    let timer = null;
    const begin = setTimeout(() => {
        timer = setInterval(look, SAMPLE_MS);
    }, LAUNCH_MS);
    return () => {
        clearTimeout(begin);
        clearInterval(timer);
        return peak;
    };
}

// The frames that were seen from outside while something moved. `startOf` tells when the i-th movement began, which was
// due at that time of the script.
function framesSeen(changes, visit, startOf) {
    const intervals = movements(visit).flatMap(([at, begin, end], i) => {
        const start = startOf(i, at);
        return intervalsSeen(changes, start + begin - at, start + end - at);
    });
    const sum = intervals.reduce((a, b) => a + b, 0);
    return { seen_frames_per_s: sum > 0 ? intervals.length * 1000 / sum : null, seen_p50_ms: percentile(intervals, 0.5),
        seen_p99_ms: percentile(intervals, 0.99), seen_max_ms: percentile(intervals, 1) };
}

// What a program and, on its behalf, the X server have used so far.
function cpuOf(pids, screen, serverBefore) {
    return { cpu_s: cpuSeconds(pids()), x_server_cpu_s: cpuSeconds([screen.pid]) - serverBefore };
}

async function restOf(pids, ms) {
    const began = process.hrtime.bigint(), before = activity(pids());
    await sleep(ms);
    const { ns, switches } = activityBetween(before, activity(pids()));
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    return { rest_wakeups_per_s: switches / seconds, rest_cpu_ms_per_s: ns / 1e6 / seconds };
}

function percentile(values, share) {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted.length > 0 ? sorted[Math.round(share * (sorted.length - 1))] : null;
}

const median = (values) => percentile(values, 0.5);

// How much longer than its script a sitting took: it waited for tiles.
function checkLateness(startedAt, quit, report) {
    const late = Date.now() - startedAt - report.first_frame_ms - quit;
    if (late > SETTLE_MS - 1000) {
        throw new Error(`the visit took ${Math.round(late)} ms longer than its script: rest was measured too early`);
    }
}

function oursFrom(report) {
    return {
        first_ms: report.first_frame_ms,
        sharp_ms: report.place_ready_ms,
        jumps_ms: report.jumps_ms,
        jump_ms: median(report.jumps_ms),
        interval_p50_ms: report.interval_ms.p50,
        interval_p99_ms: report.interval_ms.p99,
        interval_max_ms: report.interval_ms.max,
        worst_interval: report.worst_interval,
        frames_possible_per_s: report.frame_ms.p50 > 0 ? 1000 / report.frame_ms.p50 : null,
        frame_p50_ms: report.frame_ms.p50,
        frame_p99_ms: report.frame_ms.p99,
        report,
    };
}

// sitting: { visit, size, rest: milliseconds or 0, memory: true or false }
async function playOurs(setting, screen, pyramid, sitting) {
    const end = lengthOf(sitting.visit), rested = end + SETTLE_MS + sitting.rest + MORE_MS;
    const visit = sitting.rest ? [...sitting.visit, ...jumps(rested, FAR_PLACES)] : sitting.visit;
    const quit = lengthOf(visit) + 1500;
    const server = cpuSeconds([screen.pid]);
    const watcher = watchScreen(setting.tools, screen);
    const player = startPlayer({ program: setting.program, image: pyramid.file, script: script(visit, quit),
        size: sitting.size, folder: setting.folder, env: { ...process.env, DISPLAY: screen.display },
        wrapper: sitting.wrapper });
    const pids = () => player.pids();
    const memory = sitting.memory ? watchMemory(pids, sitting.parts) : null;
    const rest = {};
    if (sitting.rest) {
        await sleep(player.startedAt + end + SETTLE_MS - Date.now());
        Object.assign(rest, cpuOf(pids, screen, server), await restOf(pids, sitting.rest));
    }
    const report = await player.report();
    const start = Date.now() - quit, changes = await watcher.stop();
    checkLateness(player.startedAt, quit, report);
    return { ...oursFrom(report), ...launchSeen(changes, player.startedAt), ...rest,
        ...framesSeen(changes, visit, (_, at) => start + at), ...(memory ? memory() : {}) };
}

function theirsFrom(result, startedAt) {
    const share = (part) => percentile(result.intervals, part);
    return {
        first_ms: result.first - startedAt,
        sharp_ms: result.sharp - startedAt,
        jumps_ms: result.jumps,
        jump_ms: median(result.jumps),
        interval_p50_ms: share(0.5),
        interval_p99_ms: share(0.99),
        interval_max_ms: share(1),
        openseadragon: result.version,
        window: result.size,
    };
}

function checkPeer(result, size) {
    if (result.problems.length > 0) {
        throw new Error(`the peer's page: ${result.problems.slice(0, 3).join('; ')}`);
    }
    if (Math.abs(result.size[0] - size[0]) > 2 || Math.abs(result.size[1] - size[1]) > 2 || result.size[2] !== 1) {
        throw new Error(`the peer's window is ${result.size.join(' x ')}, not ${size.join(' x ')}`);
    }
}

// OpenSeadragon as a careful museum would set it: 20 tiles a frame instead of one, without its own buttons; on a large
// screen also more tiles kept than it has to draw.
function tuned(size) {
    const large = size[0] > 2560;
    return { maxTilesPerFrame: 20, showNavigationControl: false, ...(large ? { maxImageCacheCount: 1000 } : {}) };
}

async function playTheirs(setting, screen, pyramid, sitting) {
    const url = writePeer(setting.peer, { library: setting.library, pyramid, visit: sitting.visit,
        view: pageView(setting.program, pyramid.file, sitting.size), options: tuned(sitting.size) });
    const server = cpuSeconds([screen.pid]);
    const watcher = watchScreen(setting.tools, screen);
    const browser = startBrowser({ profile: setting.profile, size: sitting.size, url,
        env: { ...process.env, DISPLAY: screen.display } });
    const pids = () => browser.pids();
    const memory = sitting.memory ? watchMemory(pids) : null;
    try {
        await browser.loaded('window.bench');
        let result = await browser.evaluate('window.bench.visitDone()');
        checkPeer(result, sitting.size);
        const rest = {};
        if (sitting.rest) {
            Object.assign(rest, cpuOf(pids, screen, server));
            await sleep(SETTLE_MS);
            Object.assign(rest, await restOf(pids, sitting.rest));
            const { jumps: later } = await browser.evaluate(
                `window.bench.more(${JSON.stringify(jumps(MORE_MS, FAR_PLACES))})`);
            result = { ...result, jumps: later };
        }
        const changes = await watcher.stop();
        return { ...theirsFrom(result, browser.startedAt), ...launchSeen(changes, browser.startedAt), ...rest,
            ...framesSeen(changes, sitting.visit, (i) => result.moves[i]), ...(memory ? memory() : {}) };
    } finally {
        await browser.close();
    }
}

module.exports = { playOurs, playTheirs, median, percentile, sleep };
