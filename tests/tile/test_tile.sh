#!/bin/sh
# `vitrine tile`: what it makes opens and has the right pixels; what it cannot make leaves nothing behind. 77: vitrine-tile is not built here,
# or the tools of libvips, which make the images, are missing.
set -u
build=$3
[ -x "$build/app/tile/vitrine-tile" ] || exit 77
command -v vips >/dev/null || exit 77
. "$2/tests/stage/common.sh" "$1" "$2"
unset DISPLAY
mkdir "$work/out" && cd "$work" || exit 1

# expect CODE PATTERN ARGUMENT...: that code and, in what it says (or on its standard output, when it is 0), the pattern.
expect() {
    expected=$1
    pattern=$2
    shift 2
    code=0
    "$vitrine" tile "$@" >said.txt 2>err.txt </dev/null || code=$?
    [ "$expected" -eq 0 ] || grep -v ' %$' err.txt >said.txt
    if [ "$code" -ne "$expected" ]; then
        fail "vitrine tile $* ended with $code, not $expected: $(cat err.txt)"
    elif [ "$(wc -l <said.txt)" -ne 1 ] || ! grep -qe "$pattern" said.txt; then
        fail "vitrine tile $* should say one line with \"$pattern\": $(cat said.txt)"
    else
        pass
    fi
}

# nothing WHAT: the folder out/ is empty, then and there.
nothing() {
    left=$(find out -mindepth 1 | head -n 3)
    if [ -z "$left" ]; then pass; else fail "$1 left behind: $left"; fi
    rm -rf out && mkdir out
}

# point IMAGE X Y VALUE...: the pixel has these values, as near as JPEG keeps them.
point() {
    found=$(vips getpoint "$1" "$2" "$3")
    place="$1 at $2,$3"
    shift 3
    if printf '%s\n' "$found" | awk -v want="$*" '{ n = split(want, w, " "); if (n != NF) exit 1
        for (i = 1; i <= n; i++) if ($i - w[i] > 3 || w[i] - $i > 3) exit 1 }'; then
        pass
    else
        fail "$place is $found, not $*"
    fi
}

# ---- every format becomes a pyramid that the player reads whole and shows
vips gaussnoise noise.v 1500 1100 --mean 128 --sigma 50
vips cast noise.v page.v uchar
vips bandjoin "page.v page.v page.v" colour.v
vips copy colour.v page.png --interpretation srgb
vips copy page.png page.jpg
vips copy page.png 'page.tif[compression=deflate]'
vips jp2ksave page.png page.jp2 --lossless 2>/dev/null || rm -f page.jp2
for image in page.png page.jpg page.tif page.jp2; do
    [ -e "$image" ] || continue
    expect 0 "^out/$image.dzi: 1500 x 1100 pixels" "$image" "out/$image.dzi"
    if [ -d "out/${image}_files" ] && [ -z "$(find out -name '*tmp*' -o -name '*.xml')" ]; then pass; else fail "$image: $(ls out)"; fi
    if "$vitrine" check "out/$image.dzi" >said.txt 2>&1 && [ ! -s said.txt ]; then pass; else fail "check of $image: $(cat said.txt)"; fi
    if "$vitrine" render "out/$image.dzi" --place scan --size 640x480 --output "pictures/$image" >said.txt 2>&1; then
        set -- "pictures/$image"/*.png
        # The page lies in the middle, and noise that is drawn small is grey, not the white of a missing tile.
        deviation=$(vips extract_area "$1" crop.v 220 140 200 200 && vips deviate crop.v)
        if awk -v d="$deviation" 'BEGIN { exit !(d > 5) }'; then pass; else fail "the picture of $image is empty: $deviation"; fi
    else
        fail "render of $image: $(cat said.txt)"
    fi
done
rm -rf out && mkdir out

# ---- lossless is: a finest tile is a part of the page
expect 0 '1500 x 1100' page.png out/a.dzi --lossless
vips extract_area page.png corner.v 256 256 256 256
vips subtract corner.v out/a_files/11/1_1.png difference.v
vips abs difference.v absolute.v
if [ "$(vips max absolute.v)" = 0.000000 ]; then pass; else fail "lossless tiles differ by $(vips max absolute.v)"; fi
vips copy page.v grey.png
expect 0 '1500 x 1100' grey.png out/grey.dzi
if [ "$(vipsheader -f bands out/grey_files/11/0_0.jpg)" = 1 ]; then pass; else fail "grey did not stay grey"; fi

# ---- an existing output is replaced only when that is wanted, and then whole
cp out/a.dzi before.dzi
expect 2 'out/a.dzi: .*--force' page.jpg out/a.dzi
if cmp -s out/a.dzi before.dzi && [ -e out/a_files/11/1_1.png ]; then pass; else fail "what was there has changed"; fi
expect 0 '1500 x 1100' page.jpg out/a.dzi --force
if [ -e out/a_files/11/1_1.jpg ] && [ ! -e out/a_files/11/1_1.png ] && grep -q 'Format="jpg"' out/a.dzi; then pass; else fail "it was not replaced whole"; fi
head -c 20000 page.jpg >cut.jpg
expect 1 'cut.jpg: ' cut.jpg out/a.dzi --force
if [ -e out/a_files/11/1_1.jpg ] && "$vitrine" check out/a.dzi; then pass; else fail "a failure has harmed what was there"; fi
rm out/a.dzi
expect 2 'out/a_files: .*--force' page.jpg out/a.dzi
rm -rf out/a_files out/grey* && printf 'mine\n' >out/a_files
expect 1 'out/a_files: .*not replaced' page.jpg out/a.dzi --force
if [ "$(cat out/a_files)" = mine ]; then pass; else fail "a file was lost"; fi
rm -f out/a_files
nothing "replacing"

# ---- upright: the camera was turned, and the black half of the picture is its top
vips black black.v 40 40
vips invert black.v white.v
vips join black.v white.v side.v horizontal
vips copy side.v flat.jpg
{ printf '\377\330\377\341\000\042Exif\000\000MM\000*\000\000\000\010\000\001\001\022\000\003\000\000\000\001\000\006\000\000\000\000\000\000'; tail -c +3 flat.jpg; } >turned.jpg
expect 0 '40 x 80 pixels' turned.jpg out/turned.dzi --lossless
point out/turned_files/7/0_0.png 20 10 0
point out/turned_files/7/0_0.png 20 70 255

# ---- on white, and of 16 bits
vips bandjoin "black.v black.v black.v black.v" clear.v
vips copy clear.v clear.png --interpretation srgb
expect 0 '40 x 40' clear.png out/clear.dzi
point out/clear_files/6/0_0.jpg 5 5 255 255 255
vips linear black.v deep.v 1 32896
vips cast deep.v ushort.v ushort
vips copy ushort.v deep.png --interpretation grey16
expect 0 '40 x 40' deep.png out/deep.dzi
point out/deep_files/6/0_0.jpg 5 5 128

# ---- CMYK without ink is paper
vips copy clear.v ink.tif --interpretation cmyk
expect 0 '40 x 40' ink.tif out/ink.dzi
point out/ink_files/6/0_0.jpg 5 5 255 255 255
rm -rf out && mkdir out

# ---- the pages of a PDF
cat >two.pdf <<'END'
%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 144 72]/Contents 5 0 R>> endobj
4 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 72 216]/Contents 5 0 R>> endobj
5 0 obj <</Length 27>> stream
1 0 0 rg 0 0 36 72 re f    
endstream endobj
trailer <</Root 1 0 R/Size 6>>
END
if vips -l foreign 2>/dev/null | grep -q pdfload; then
    expect 0 '^out/1.dzi: 600 x 300 pixels, resolution: 300$' two.pdf out/1.dzi --page 1
    expect 0 '^out/2.dzi: 100 x 300 pixels, resolution: 100$' two.pdf out/2.dzi --page 2 --resolution 100
    point out/1_files/10/0_0.jpg 20 100 254 0 0
    point out/1_files/10/1_0.jpg 80 100 255 255 255
    rm -rf out && mkdir out
    expect 2 'has 2 pages: there is no page 3' two.pdf out/3.dzi --page 3
    head -c 100 two.pdf >cut.pdf
    expect 1 'cut.pdf: ' cut.pdf out/cut.dzi
fi

# ---- wrong usage
expect 2 'must end in .dzi' page.png out/page.jpg
expect 2 'must end in .dzi' page.png .dzi
expect 2 'see vitrine help tile' page.png
expect 2 'did you mean --lossless?' page.png out/a.dzi --losless
expect 2 'the first page is 1' page.png out/a.dzi --page 0
expect 2 'there is no page 2' page.png out/a.dzi --page 2
expect 2 'for PDF' page.png out/a.dzi --resolution 300
expect 2 'from 36 to 2400' two.pdf out/a.dzi --resolution 9
expect 3 'nowhere/a.dzi' page.png nowhere/a.dzi

# ---- what cannot be read is named, and leaves nothing
printf 'hello\n' >text.tif
: >empty.png
expect 1 'text.tif: is neither TIFF' text.tif out/a.dzi
expect 1 'empty.png: is empty' empty.png out/a.dzi
expect 1 'no-such.tif: cannot be opened' no-such.tif out/a.dzi
expect 1 'out: is no file' out out/a.dzi
vips copy noise.v float.tif
expect 1 'float.tif: .*8 or 16 bits' float.tif out/a.dzi
for image in page.png page.jpg page.tif page.jp2; do
    [ -e "$image" ] || continue
    for part in 2 3; do
        head -c $(($(wc -c <"$image") * part / 4)) "$image" >"cut.${image##*.}"
        expect 1 "^vitrine: cut.${image##*.}: cannot be read" "cut.${image##*.}" out/a.dzi
    done
done
nothing "an image that cannot be read"

# ---- a disk that takes no more: each file may have 512 bytes
code=0
(ulimit -f 1 && "$vitrine" tile page.png out/full.dzi 2>err.txt >/dev/null) || code=$?
if [ "$code" -eq 3 ] && grep -q 'cannot be written' err.txt; then pass; else fail "a full disk ended with $code: $(cat err.txt)"; fi
nothing "a full disk"

# ---- ended in the middle of writing
vips black 'large.tif[compression=deflate]' 20000 15000
# interrupted SIGNAL WHOM CODE [PATTERN]: `self`, or the process that does the work.
interrupted() {
    env --default-signal=INT,TERM,HUP "$vitrine" tile large.tif out/large.dzi >said.txt 2>err.txt &
    pid=$!
    children=$pid
    for _ in $(seq 600); do
        [ -z "$(find out -name '*.jpg' 2>/dev/null | head -n 1)" ] || break
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.05
    done
    target=$pid
    [ "$2" = self ] || target=$(cat "/proc/$pid/task/$pid/children")
    # shellcheck disable=SC2086 # one number, with a space behind it
    kill -s "$1" $target
    code=0
    wait "$pid" || code=$?
    children=
    if [ "$code" -eq "$3" ] && { [ $# -lt 4 ] || grep -qe "$4" err.txt; }; then pass; else fail "$1 ended it with $code, not $3: $(cat err.txt)"; fi
    nothing "$1"
}
interrupted TERM self 143
interrupted INT self 130
interrupted HUP self 129
interrupted KILL child 3 'too little memory'
interrupted ABRT child 1 'libvips crashed'

# ---- killed, or a power cut: the next run for the same output removes what is left, and mends what was being moved
# begin OUTPUT: starts on the large image in the background, and returns when tiles are being written.
begin() {
    "$vitrine" tile large.tif "$1" --force >said.txt 2>err.txt &
    pid=$!
    children=$pid
    for _ in $(seq 600); do
        [ -z "$(find out -path '*tmp-*' -name '*.jpg' 2>/dev/null | head -n 1)" ] || break
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.05
    done
}
# clean WHAT: out/ holds one pyramid, out/a.dzi, that opens.
clean() {
    found=$(cd out && echo *)
    if [ "$found" = "a.dzi a_files" ] && "$vitrine" describe out/a.dzi --place scan >/dev/null 2>err.txt; then pass; else fail "$1: out/ holds $found: $(cat err.txt)"; fi
}
begin out/a.dzi
worker=$(cat "/proc/$pid/task/$pid/children")
expect 0 'out/a.dzi: 1500 x 1100' page.png out/a.dzi # of the one that is at work nothing is removed
if [ -n "$(find out -path '*tmp-*' -name '*.jpg' | head -n 1)" ]; then pass; else fail "a running one lost its folder"; fi
kill -KILL "$pid"
wait "$pid" 2>/dev/null || :
children=
for _ in $(seq 200); do # its worker ends with it
    kill -0 $worker 2>/dev/null || break
    sleep 0.05
done
if [ -d "$(echo out/a.dzi.tmp-*)" ]; then pass; else fail "nothing was left, so nothing is shown"; fi
expect 0 'out/a.dzi: 1500 x 1100' page.png out/a.dzi --force
clean "killed while it wrote"
mkdir out/a.dzi.tmp-notes out/b.dzi.tmp-4711 # not of this output
expect 2 'is there already' page.png out/a.dzi
if [ -d out/a.dzi.tmp-notes ] && [ -d out/b.dzi.tmp-4711 ]; then pass; else fail "a folder of something else was removed"; fi
rmdir out/a.dzi.tmp-notes out/b.dzi.tmp-4711

# moved WHAT: as if it had been killed between two moves; the commands on standard input make it so. What then is in out/
# is a whole pyramid, before anything new is written.
moved() {
    rm -rf out && mkdir out
    "$vitrine" tile page.png out/a.dzi >/dev/null 2>&1
    "$vitrine" tile page.jpg out/new.dzi >/dev/null 2>&1
    left=out/a.dzi.tmp-4711
    mkdir $left
    mv out/new.dzi $left/page.dzi
    mv out/new_files $left/page_files
    eval "$2"
    expect 2 'is there already' page.png out/a.dzi
    clean "$1"
}
moved "before the first move" :
moved "the old descriptor was moved" 'mv out/a.dzi $left/old.dzi'
moved "the old tiles were moved" 'mv out/a.dzi $left/old.dzi; mv out/a_files $left/old_files'
moved "the new tiles were moved" 'mv out/a.dzi $left/old.dzi; mv out/a_files $left/old_files; mv $left/page_files out/a_files'
moved "all was moved" 'mv out/a.dzi $left/old.dzi; mv out/a_files $left/old_files; mv $left/page_files out/a_files; mv $left/page.dzi out/a.dzi'
moved "the new tiles were moved, and nothing was there before" 'rm -r out/a.dzi out/a_files; mv $left/page_files out/a_files'
finish
