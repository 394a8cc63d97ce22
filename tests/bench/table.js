// The rows of the result: what was measured, against what, and whether the target is reached.
'use strict';

const { median } = require('./sittings');

// A row's target: `ratio` of ours to theirs at most, `most` of ours at most, `least` ratio at least. Figures are
// medians over the rounds unless `worst`: then the largest of all.
function makeRow({ id, label, unit, ours, theirs = null, target = null, worst = false, digits = 1 }) {
    const known = (values) => values.filter((value) => typeof value === 'number' && Number.isFinite(value));
    const sum = worst ? (values) => Math.max(...known(values)) : (values) => median(known(values));
    const row = { id, label, unit, digits, rounds: { ours, theirs }, ours: known(ours).length > 0 ? sum(ours) : null,
        theirs: theirs && known(theirs).length > 0 ? sum(theirs) : null, target };
    row.ratio = row.ours !== null && row.theirs ? row.ours / row.theirs : null;
    row.reached = target ? reached(row) : null;
    return row;
}

function reached({ ours, ratio, target }) {
    const value = target.most !== undefined ? ours : ratio;
    if (value === null) {
        return false;
    }
    if (target.least !== undefined) {
        return value >= target.least;
    }
    return value <= (target.most ?? target.ratio) * (1 + (target.tolerance ?? 0));
}

function number(value, digits) {
    return value === null || value === undefined ? '-' : value.toFixed(digits);
}

function spread(values, digits) {
    const known = (values ?? []).filter((value) => typeof value === 'number');
    return known.length > 1 ? `${Math.min(...known).toFixed(digits)}..${Math.max(...known).toFixed(digits)}` : '';
}

function ratioText(ratio) {
    if (ratio === null) {
        return '-';
    }
    return ratio >= 1 ? `${ratio.toFixed(2)} x` : `1/${(1 / ratio).toFixed(1)}`;
}

function targetText(target) {
    if (!target) {
        return '';
    }
    if (target.most !== undefined) {
        return `at most ${target.most}`;
    }
    if (target.least !== undefined) {
        return `at least ${target.least} x`;
    }
    return target.ratio >= 1 ? `at most ${target.ratio} x` : `at most 1/${Math.round(1 / target.ratio)}`;
}

function cells(row) {
    const verdict = row.reached === null ? '' : row.reached ? 'pass' : 'MISS';
    return [`${row.label}, ${row.unit}`, number(row.ours, row.digits), spread(row.rounds.ours, row.digits),
        number(row.theirs, row.digits), spread(row.rounds.theirs, row.digits), ratioText(row.ratio),
        targetText(row.target), verdict];
}

function printTable(rows, print = console.log) {
    const lines = [['measure', 'ours', '(spread)', 'theirs', '(spread)', 'ratio', 'target', ''], ...rows.map(cells)];
    const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i].length)));
    for (const line of lines) {
        print(line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ').trimEnd());
    }
}

module.exports = { makeRow, printTable };
