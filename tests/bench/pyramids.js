// The benchmark's pyramids, made once by libvips from bench_image: 0.1 and 1 gigapixel of type and noise, and 10
// gigapixels that repeat one block of 2032 pixels, whose tiles are hard links to the block's.
'use strict';

const { execFileSync } = require('child_process');
const fs = require('fs');
const path = require('path');

const TILE = 254; // vips dzsave's own tile size, with its overlap of 1
const BLOCK_TILES = 8;
const BLOCK = TILE * BLOCK_TILES;
const SHARED_LEVELS = 4; // the finest levels, in which a block is a whole number of tiles
const BLOCKS_ACROSS = 63;
const BLOCKS_DOWN = 39;

const FONTS = ['/usr/share/fonts/opentype/courier-prime/Courier Prime.otf',
    '/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf'];

const SIZES = {
    small: { width: 12650, height: 7906, seed: 3 },
    giga: { width: 40000, height: 25000, seed: 1 },
    huge: { width: BLOCK * BLOCKS_ACROSS, height: BLOCK * BLOCKS_DOWN, seed: 2 },
    smoke: { width: 3000, height: 2000, seed: 4 },
};

function font() {
    const found = FONTS.find((file) => fs.existsSync(file));
    if (!found) {
        throw new Error(`none of these fonts is installed: ${FONTS.join(', ')}`);
    }
    return found;
}

function shell(command, args) {
    execFileSync('/bin/sh', ['-c', `set -e; ${command}`, 'sh', ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
}

const PER_MM = '23.622'; // 600 dpi

function writePicture(tools, size, into) {
    shell('"$1/bench_image" "$2" "$3" "$4" "$5" | vips copy stdin "$6" --xres "$7" --yres "$7"',
        [tools, size.width, size.height, size.seed, font(), into, PER_MM]);
}

function makePlain(tools, size, base) {
    shell('"$1/bench_image" "$2" "$3" "$4" "$5" | vips dzsave stdin "$6"',
        [tools, size.width, size.height, size.seed, font(), base]);
}

// Which tile of three blocks side by side stands for number `at` of `count`: the first and the last have no neighbour
// to overlap, the others are those of the block in the middle.
function standIn(at, count) {
    const last = 3 * BLOCK_TILES - 1;
    return (perBlock) => {
        if (at === 0) {
            return 0;
        }
        return at === count - 1 ? (last + 1) * perBlock / BLOCK_TILES - 1 : perBlock + at % perBlock;
    };
}

function linkLevel(from, to, perBlock) {
    const across = BLOCKS_ACROSS * perBlock, down = BLOCKS_DOWN * perBlock;
    fs.mkdirSync(to, { recursive: true });
    for (let y = 0; y < down; y++) {
        const row = standIn(y, down)(perBlock);
        for (let x = 0; x < across; x++) {
            fs.linkSync(`${from}/${standIn(x, across)(perBlock)}_${row}.jpeg`, `${to}/${x}_${y}.jpeg`);
        }
    }
}

function levelsOf(width, height) {
    return Math.ceil(Math.log2(Math.max(width, height)));
}

function makeRepeated(tools, size, base) {
    const work = `${base}-work`;
    fs.mkdirSync(work, { recursive: true });
    writePicture(tools, { width: BLOCK, height: BLOCK, seed: size.seed }, `${work}/block.v`);
    shell('cd "$1"; vips replicate block.v three.v 3 3; vips dzsave three.v three; ' +
        'vips shrink block.v little.v 16 16; vips replicate little.v coarse.v "$2" "$3"; vips dzsave coarse.v coarse',
        [work, BLOCKS_ACROSS, BLOCKS_DOWN]);
    const finest = levelsOf(size.width, size.height), finestOfThree = levelsOf(3 * BLOCK, 3 * BLOCK);
    const files = `${base}_files`;
    fs.renameSync(`${work}/coarse_files`, files);
    for (let up = 0; up < SHARED_LEVELS; up++) {
        linkLevel(`${work}/three_files/${finestOfThree - up}`, `${files}/${finest - up}`, BLOCK_TILES >> up);
    }
    fs.writeFileSync(`${base}.dzi`, '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<Image xmlns="http://schemas.microsoft.com/deepzoom/2008" Format="jpeg" Overlap="1" ' +
        `TileSize="${TILE}">\n  <Size Height="${size.height}" Width="${size.width}"/>\n</Image>\n`);
    fs.rmSync(work, { recursive: true });
}

function remove(base) {
    for (const ending of ['.dzi', '_files', '-work']) {
        fs.rmSync(base + ending, { recursive: true, force: true });
    }
}

// Makes the pyramid unless it is there, under another name until it is whole. Returns { file, width, height, tile,
// overlap, format }.
function ensure(name, folder, tools, say) {
    const size = SIZES[name], base = path.join(folder, name), fresh = path.join(folder, `${name}-new`);
    const pyramid = { name, file: `${base}.dzi`, width: size.width, height: size.height, tile: TILE, overlap: 1,
        format: 'jpeg' };
    if (fs.existsSync(pyramid.file)) {
        return pyramid;
    }
    say(`making the pyramid ${name}: ${size.width} x ${size.height}`);
    remove(fresh);
    remove(base);
    (name === 'huge' ? makeRepeated : makePlain)(tools, size, fresh);
    fs.renameSync(`${fresh}_files`, `${base}_files`);
    fs.renameSync(`${fresh}.dzi`, pyramid.file);
    return pyramid;
}

// One page of 40 megapixels as a JPEG, for the viewers that have no pyramids.
function ensurePage(folder, tools, say) {
    const file = path.join(folder, 'page.jpg');
    if (!fs.existsSync(file)) {
        say('making a page of 40 megapixels');
        writePicture(tools, { width: 8000, height: 5000, seed: 5 }, `${folder}/page-new.jpg[Q=85]`);
        fs.renameSync(`${folder}/page-new.jpg`, file);
    }
    return { name: 'page', file, width: 8000, height: 5000 };
}

module.exports = { ensure, ensurePage };
