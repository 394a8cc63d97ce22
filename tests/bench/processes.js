// What a program and all its processes cost, read from /proc, the same for every program: CPU time, context switches,
// memory.
'use strict';

const fs = require('fs');
const os = require('os');

function read(file) {
    try {
        return fs.readFileSync(file, 'latin1');
    } catch {
        return ''; // it has ended
    }
}

function numbers(folder) {
    try {
        return fs.readdirSync(folder).filter((name) => /^\d+$/.test(name)).map(Number);
    } catch {
        return [];
    }
}

// The fields of /proc/PID/stat after the name; [0] is the third, the state.
function stat(pid) {
    const text = read(`/proc/${pid}/stat`);
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return text && fields[0] !== 'Z' ? fields : null;
}

// A process started as the leader of a session, its descendants, and all of that session, also those that were handed
// on to init.
function family(leader) {
    const all = new Map(numbers('/proc').map((pid) => [pid, stat(pid)]).filter(([, fields]) => fields));
    const found = new Set();
    const belongs = (pid) => {
        const fields = all.get(pid);
        if (!fields || pid === process.pid) {
            return false;
        }
        return pid === leader || Number(fields[3]) === leader || belongs(Number(fields[1]));
    };
    for (const pid of all.keys()) {
        if (belongs(pid)) {
            found.add(pid);
        }
    }
    return [...found];
}

let ticks = 0;

function ticksPerSecond() {
    ticks = ticks || Number(require('child_process').execFileSync('getconf', ['CLK_TCK']));
    return ticks;
}

// User and system seconds, those of children that have ended included.
function cpuSeconds(pids) {
    const sum = pids.map(stat).filter(Boolean)
        .reduce((total, fields) => total + fields.slice(11, 15).reduce((a, b) => a + Number(b), 0), 0);
    return sum / ticksPerSecond();
}

function threads(pids) {
    return pids.flatMap((pid) => numbers(`/proc/${pid}/task`).map((tid) => `/proc/${pid}/task/${tid}`));
}

// Nanoseconds on a CPU and voluntary context switches of every thread, by thread.
function activity(pids) {
    return new Map(threads(pids).map((folder) => {
        const switches = /^voluntary_ctxt_switches:\s*(\d+)/m.exec(read(`${folder}/status`));
        const [ns] = read(`${folder}/schedstat`).split(' ');
        return [folder, { ns: Number(ns), switches: Number(switches?.[1] ?? 0) }];
    }));
}

function activityBetween(before, after) {
    const total = { ns: 0, switches: 0 };
    for (const [folder, { ns, switches }] of after) {
        const earlier = before.get(folder) ?? { ns: 0, switches: 0 };
        total.ns += ns - earlier.ns;
        total.switches += switches - earlier.switches;
    }
    return total;
}

// Proportional set size in kilobytes: pages that processes share are counted once in all.
function pssKb(pids) {
    return pids.reduce((sum, pid) => {
        const text = read(`/proc/${pid}/smaps_rollup`);
        return sum + Number(/^Pss:\s*(\d+)/m.exec(text)?.[1] ?? 0) + Number(/^SwapPss:\s*(\d+)/m.exec(text)?.[1] ?? 0);
    }, 0);
}

// The same by what it is: [{ kind, kb }], most first. Kinds are a process's name and what is mapped; files are one kind.
function pssParts(pids) {
    const parts = new Map();
    for (const pid of pids) {
        const name = read(`/proc/${pid}/comm`).trim();
        let kind = '';
        for (const line of read(`/proc/${pid}/smaps`).split('\n')) {
            const mapping = /^[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \S+\s*(.*)$/.exec(line);
            const pss = /^Pss:\s*(\d+)/.exec(line);
            if (mapping) {
                const [, what] = mapping;
                const shared = /^\/(SYSV|memfd:)/.test(what);
                kind = `${name}: ${what === '' ? 'memory' : shared || what[0] === '[' ? what : 'programs and libraries'}`;
            } else if (pss) {
                parts.set(kind, (parts.get(kind) ?? 0) + Number(pss[1]));
            }
        }
    }
    return [...parts].map(([kind, kb]) => ({ kind, kb })).filter(({ kb }) => kb >= 100).sort((a, b) => b.kb - a.kb);
}

// ---- what we started ourselves ends with us, however we end

const ours = new Set();

// Where the kernel shares the processors out by session first, `nice` alone says nothing to the other sessions: each
// has a niceness of its own. Silently nothing where there is no such thing.
function raiseSession(pid) {
    if (process.env.VITRINE_BENCH_RAISED) {
        try {
            fs.writeFileSync(`/proc/${pid}/autogroup`, String(Math.max(-19, os.getPriority(0))));
        } catch { /* no sharing by session */ }
    }
}

// A program that leads a session of its own, so that nothing of it is left behind.
function keepTrack(child) {
    raiseSession(child.pid);
    ours.add(child.pid);
    child.once('exit', () => ours.delete(child.pid));
    return child;
}

function endAll() {
    for (const leader of ours) {
        for (const pid of family(leader)) {
            try {
                process.kill(pid, 'SIGKILL');
            } catch { /* it has ended by itself */ }
        }
    }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => process.exit(130));
}
process.once('exit', endAll);

module.exports = { keepTrack, raiseSession, family, cpuSeconds, activity, activityBetween, pssKb, pssParts };
