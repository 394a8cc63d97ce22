// The visits that are played: steps in milliseconds from the first picture, the same for Vitrine (as a visit script)
// and for the peer's page (as data). A `wait` lasts until every visible tile is sharp and moves all later times on.
//
//     look   x y of the page, screen pixels per image pixel (0: the whole page), milliseconds of flight (0: a jump)
//     drag   from x y to x y of the window, milliseconds; then it glides. It begins on the page, which ends above
//            the bar
'use strict';

const drags = (at, pitch, list) => list.map((drag, i) => ({ at: at + i * pitch, verb: 'drag', args: [...drag, 500] }));

// Thirty seconds: the whole page, a flight to 1:1, pans, out again, another corner, its full depth, a jump, home.
const VISIT = [
    { at: 0, verb: 'wait' },
    { at: 1500, verb: 'look', args: [0.32, 0.41, 1, 1500] },
    { at: 3100, verb: 'wait' },
    ...drags(4000, 1500, [[0.8, 0.4, 0.2, 0.4], [0.8, 0.6, 0.3, 0.2], [0.5, 0.7, 0.5, 0.2], [0.2, 0.3, 0.8, 0.6],
        [0.8, 0.4, 0.2, 0.6]]),
    { at: 11800, verb: 'look', args: [0.5, 0.5, 0, 1500] },
    { at: 14000, verb: 'look', args: [0.84, 0.79, 0.25, 1500] },
    ...drags(16000, 1500, [[0.7, 0.6, 0.3, 0.4], [0.3, 0.4, 0.7, 0.6]]),
    { at: 19200, verb: 'look', args: [0.86, 0.82, 1, 1200] },
    ...drags(21000, 1500, [[0.8, 0.5, 0.2, 0.5], [0.3, 0.7, 0.7, 0.3]]),
    { at: 24500, verb: 'look', args: [0.17, 0.72, 1, 0] },
    { at: 24500, verb: 'wait' },
    { at: 26500, verb: 'look', args: [0.5, 0.5, 0, 1500] },
    { at: 28100, verb: 'wait' },
];

// Jumps to places that have not been seen.
function jumps(at, places) {
    return places.flatMap(([x, y], i) => [
        { at: at + i * 700, verb: 'look', args: [x, y, 1, 0] }, { at: at + i * 700, verb: 'wait' }]);
}

const FAR_PLACES = [[0.63, 0.31], [0.12, 0.14], [0.47, 0.88], [0.91, 0.33]];

// At 1:1, six seconds without a pause: for frames alone.
const PAN = [
    { at: 0, verb: 'wait' },
    ...jumps(1000, FAR_PLACES),
    { at: 4500, verb: 'look', args: [0.32, 0.41, 1, 0] },
    { at: 4500, verb: 'wait' },
    ...[[0.9, 0.5, 0.1, 0.5], [0.8, 0.7, 0.4, 0.2], [0.1, 0.3, 0.9, 0.5], [0.9, 0.4, 0.1, 0.7], [0.5, 0.2, 0.5, 0.7],
        [0.1, 0.5, 0.9, 0.5]].map((drag, i) => ({ at: 5500 + i * 1000, verb: 'drag', args: [...drag, 990] })),
    { at: 12500, verb: 'wait' },
];

// At 1:1, flicks that glide for most of the time: frames that no finger waits for.
const GLIDE = [
    { at: 0, verb: 'wait' },
    { at: 1000, verb: 'look', args: [0.32, 0.41, 1, 0] },
    { at: 1000, verb: 'wait' },
    ...[[0.6, 0.4, 0.3, 0.4], [0.3, 0.3, 0.6, 0.4], [0.5, 0.6, 0.5, 0.3], [0.6, 0.6, 0.3, 0.4], [0.4, 0.3, 0.6, 0.6]]
        .map((drag, i) => ({ at: 2000 + i * 1800, verb: 'drag', args: [...drag, 100] })),
    { at: 11000, verb: 'wait' },
];

// Twelve seconds for what is asked of several pyramids: at 1:1 for the most part, where the frames of all of them have the
// same to do, and flights, which pass more levels of the larger ones, for the memory.
const WALK = [
    { at: 0, verb: 'wait' },
    { at: 1500, verb: 'look', args: [0.32, 0.41, 1, 0] },
    { at: 1800, verb: 'wait' },
    ...[[0.6, 0.4, 0.3, 0.4], [0.3, 0.3, 0.6, 0.4], [0.5, 0.6, 0.5, 0.3], [0.6, 0.6, 0.3, 0.4]]
        .map((drag, i) => ({ at: 2000 + i * 1500, verb: 'drag', args: [...drag, 100] })),
    { at: 8200, verb: 'look', args: [0.84, 0.79, 1, 1500] },
    { at: 9900, verb: 'drag', args: [0.8, 0.5, 0.2, 0.5, 300] },
    { at: 11200, verb: 'look', args: [0.5, 0.5, 0, 1000] },
    { at: 12300, verb: 'wait' },
];

const SMOKE = [
    { at: 0, verb: 'wait' },
    { at: 200, verb: 'look', args: [0.4, 0.4, 1, 600] },
    { at: 1000, verb: 'drag', args: [0.8, 0.5, 0.2, 0.5, 400] },
    { at: 1800, verb: 'look', args: [0.7, 0.7, 1, 0] },
    { at: 1800, verb: 'wait' },
    { at: 2000, verb: 'look', args: [0.5, 0.5, 0, 600] },
    { at: 2700, verb: 'wait' },
];

function lengthOf(visit) {
    return Math.max(...visit.map((step) => step.at + (step.verb === 'drag' ? step.args[4] : 0)));
}

const EDGE_MS = 250; // of a movement, at its begin, that is left out: the clocks are not the same
const GLIDE_MS = 350; // after a drag, in which it surely still glides

// When something moves: [start of the step, begin, end], milliseconds, for every flight and drag.
function movements(visit) {
    return visit.map((step, i) => {
        const duration = step.verb === 'wait' ? 0 : step.args.at(-1);
        const next = visit.slice(i + 1).find((later) => later.verb !== 'wait')?.at ?? Infinity;
        const end = step.verb === 'drag' ? Math.min(step.at + duration + GLIDE_MS, next) : step.at + duration - EDGE_MS;
        return duration > 0 ? [step.at, step.at + EDGE_MS, end] : null;
    }).filter(Boolean);
}

// As Vitrine reads it; the player ends at `quit` milliseconds. A kiosk begins with its attract screen: on to the page.
function script(visit, quit) {
    const words = (step) => (step.verb === 'wait' ? 'ready' : step.args.join(' '));
    const lines = visit.map((step) => `${step.at} ${step.verb} ${words(step)}`);
    return `0 go scan\n${lines.join('\n')}\n${quit} quit\n`;
}

module.exports = { VISIT, PAN, GLIDE, WALK, SMOKE, FAR_PLACES, jumps, lengthOf, movements, script };
