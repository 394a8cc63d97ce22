// Runs in the browser: opens OpenSeadragon on the pyramid, plays the visit by itself and keeps what it measured, so that
// nobody has to ask it anything meanwhile. `settings` comes from settings.js: { tiles, visit, view, options }; `view` is
// the part of the window that shows the page in Vitrine, so that both draw the same number of pixels.
'use strict';

(() => {
    const { tiles, visit, view, options } = window.settings;
    Object.assign(document.getElementById('page').style, {
        position: 'absolute', left: `${view.x}px`, top: `${view.y}px`,
        width: `${view.width}px`, height: `${view.height}px`,
    });
    const viewer = OpenSeadragon({
        id: 'page',
        drawer: 'canvas',
        tileSources: {
            Image: {
                xmlns: 'http://schemas.microsoft.com/deepzoom/2008',
                Url: tiles.url,
                Format: tiles.format,
                Overlap: tiles.overlap,
                TileSize: tiles.tile,
                Size: { Width: tiles.width, Height: tiles.height },
            },
        },
        ...options,
    });
    const result = { first: null, sharp: null, jumps: [], intervals: [], moves: [], problems: [] };
    const waiting = []; // functions to be called when everything is sharp
    let dragging = null;
    let item = null;

    // ---- what is measured

    viewer.addOnceHandler('tile-drawn', () => {
        result.first = Date.now();
        play(visit, performance.now()).then(() => finished('visitDone'));
    });
    viewer.addHandler('open', () => {
        item = viewer.world.getItemAt(0);
    });
    viewer.addHandler('open-failed', (event) => result.problems.push(`open failed: ${event.message}`));
    viewer.addHandler('tile-load-failed', (event) => result.problems.push(`no tile: ${event.tile.getUrl()}`));
    viewer.addHandler('update-viewport', settle);

    // The canvas has just been drawn: is it all there, and at rest?
    function settle() {
        if (waiting.length > 0 && item && item.getFullyLoaded() && atRest()) {
            waiting.splice(0).forEach((resolve) => resolve(performance.now()));
        }
    }

    function atRest() {
        const port = viewer.viewport, now = port.getCenter(true), then = port.getCenter(false);
        return !dragging && now.x === then.x && now.y === then.y && port.getZoom(true) === port.getZoom(false);
    }

    // Resolves with the time at which what is wanted now has been drawn. What is there already is sharp at once.
    function sharp() {
        return new Promise((resolve) => {
            waiting.push(resolve);
            viewer.forceRedraw();
        });
    }

    let before = null; // the time of the animation frame before this one, if something moved then
    let moved = false;
    viewer.addHandler('animation', () => {
        moved = true;
    });
    let watching = true;
    function watch(time) {
        if (dragging) {
            drag(performance.now());
        }
        if (before !== null && moved) {
            result.intervals.push(time - before);
        }
        before = moved ? time : null;
        moved = dragging !== null;
        if (watching) {
            requestAnimationFrame(watch);
        }
    }
    requestAnimationFrame(watch);

    // ---- the steps

    function setDuration(ms) {
        const port = viewer.viewport;
        for (const spring of [port.centerSpringX, port.centerSpringY, port.zoomSpring]) {
            spring.animationTime = ms / 1000;
        }
    }

    function look([x, y, scale, duration]) {
        const port = viewer.viewport, at = performance.now();
        if (duration > 0) {
            result.moves.push(Date.now());
        }
        setDuration(duration || 1200);
        if (scale === 0) {
            port.goHome(duration === 0);
            return;
        }
        const zoom = port.imageToViewportZoom(scale);
        port.panTo(port.imageToViewportCoordinates(x * tiles.width, y * tiles.height), duration === 0);
        port.zoomTo(zoom, null, duration === 0);
        if (duration === 0) {
            sharp().then((time) => result.jumps.push(time - at));
        }
    }

    function drag(time) {
        const { from, to, start, duration } = dragging;
        const part = Math.min(1, (time - start) / duration), port = viewer.viewport;
        const at = { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
        port.panBy(port.deltaPointsFromPixels(
            new OpenSeadragon.Point(dragging.last.x - at.x, dragging.last.y - at.y), true), true);
        dragging.last = at;
        if (part < 1) {
            return;
        }
        // What OpenSeadragon does itself when a finger lifts: a quarter of a second's way, in its own time.
        const way = 250 / duration;
        dragging = null;
        setDuration(1200);
        port.panBy(port.deltaPointsFromPixels(
            new OpenSeadragon.Point((from.x - to.x) * way, (from.y - to.y) * way), true), false);
    }

    function startDrag([x0, y0, x1, y1, duration]) {
        result.moves.push(Date.now());
        const from = { x: x0 * innerWidth, y: y0 * innerHeight }, to = { x: x1 * innerWidth, y: y1 * innerHeight };
        dragging = { from, to, last: from, start: performance.now(), duration };
    }

    function until(time) {
        return new Promise((resolve) => setTimeout(resolve, Math.max(0, time - performance.now())));
    }

    async function play(steps, start) {
        for (const step of steps) {
            await until(start + step.at);
            if (step.verb === 'look') {
                look(step.args);
            } else if (step.verb === 'drag') {
                startDrag(step.args);
            } else {
                const from = performance.now();
                const time = await sharp();
                start += performance.now() - from;
                result.sharp = result.sharp || performance.timeOrigin + time;
            }
        }
    }

    // ---- what is asked over the DevTools protocol

    const ends = {};
    const promises = {};
    for (const name of ['visitDone', 'moreDone']) {
        promises[name] = new Promise((resolve) => {
            ends[name] = resolve;
        });
    }

    function finished(name) {
        watching = false;
        ends[name]({ ...result, size: [innerWidth, innerHeight, devicePixelRatio],
            version: OpenSeadragon.version.versionStr });
    }

    window.bench = {
        visitDone: () => promises.visitDone,
        more: (steps) => {
            play(steps, performance.now()).then(() => finished('moreDone'));
            return promises.moreDone;
        },
    };
})();
