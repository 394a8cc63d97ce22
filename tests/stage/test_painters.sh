#!/bin/sh
# Both painters on the same visit, on an X server of its own: what the one draws through OpenGL is what the other
# draws into the window's surface. Mesa's software renderer stands in for a graphics card.
set -u
. "$2/tests/stage/common.sh" "$1" "$2"
need Xvfb import compare convert
telegram=$root/exhibits/telegram-1950
failing_card=$4
kept_open=$5
cd "$work" || exit 1
# What is preloaded stands in front of the sanitizer.
export ASAN_OPTIONS="${ASAN_OPTIONS-}:verify_asan_link_order=0"
export LIBGL_ALWAYS_SOFTWARE=1
unset SDL_RENDER_DRIVER

server 1280x800x24

# A pyramid of two levels, of whose finer one a tile is missing.
convert -size 512x512 plasma:seagreen-wheat -seed 7 -colorspace sRGB -type TrueColor -depth 8 PNG24:page.png
mkdir -p page_files/9 page_files/8
convert page.png -resize 256x256 PNG24:page_files/8/0_0.png
for y in 0 1; do
    for x in 0 1; do
        convert page.png -crop 256x256+$((x * 256))+$((y * 256)) +repage PNG24:page_files/9/${x}_$y.png
    done
done
rm page_files/9/1_1.png
printf '<?xml version="1.0" encoding="UTF-8"?>\n<Image xmlns="http://schemas.microsoft.com/deepzoom/2008" TileSize="256" Overlap="0" Format="png"><Size Width="512" Height="512"/></Image>\n' >page.dzi

cat >visit.txt <<'END'
0 go home
0 wait ready
1500 wait ready
1500 screenshot SIDE-home.png
1600 go scan
3600 wait ready
3600 screenshot SIDE-whole.png
3700 look 0.4 0.3 1.0 0
4000 wait ready
4000 screenshot SIDE-exact.png
4100 look 0.45 0.35 2.3 0
4400 wait ready
4400 screenshot SIDE-enlarged.png
4500 look 0.45 0.35 0.63 0
4800 wait ready
4800 screenshot SIDE-between.png
4900 tap @page.rotate
6900 wait ready
6900 screenshot SIDE-turned.png
7000 go document:telegram#p2
10000 wait ready
10000 screenshot SIDE-lit.png
10100 tap @bar.contrast
11500 wait ready
11500 screenshot SIDE-contrast.png
11600 go person:mao-zedong
13500 wait ready
13500 screenshot SIDE-panel.png
13600 resize 900 700
15500 wait ready
15500 screenshot SIDE-resized.png
15600 quit
END
cat >broken.txt <<'END'
0 go scan
1500 wait ready
1500 look 0.5 0.5 1.0 0
2500 wait ready
2500 screenshot SIDE-missing.png
2600 tap @page.rotate
4600 wait ready
4600 screenshot SIDE-missing-turned.png
4700 quit
END

# play SIDE DRIVER ARGUMENT...: the visit and the broken page; the report's driver must be x11/DRIVER.
play() {
    side=$1
    driver=$2
    shift 2
    for script in visit broken; do
        exhibit=$telegram
        [ $script = broken ] && exhibit=page.dzi
        sed "s/SIDE/$side/" $script.txt >script.txt
        code=0
        LD_PRELOAD="$kept_open" timeout 300 "$vitrine" "$exhibit" "$@" --mode classroom --size 1200x780 --script script.txt \
            --report report.json >player.log 2>&1 || code=$?
        grep -v '1_1.png' player.log >said.txt
        if [ $code -eq 0 ] && [ ! -s said.txt ]; then pass; else fail "$side, $script: ended with $code: $(cat said.txt)"; fi
        grep -q "\"driver\":\"x11/$driver\"" report.json || fail "$side: the report names another driver: $(grep driver report.json)"
    done
}

# different FILE FILE FUZZ: how many pixels differ by more.
different() {
    compare -metric AE -fuzz "$3" "$1" "$2" null: 2>&1 | sed 's/ .*//'
}

# alike PICTURE FUZZ COUNT: at most so many pixels differ by more than that between the painters.
alike() {
    for side in opengl opengles2; do
        count=$(different compositor-$1.png $side-$1.png $2)
        if [ "$count" -le "$3" ] 2>/dev/null; then pass; else fail "$side, $1: $count pixels differ by more than $2"; fi
    done
}

play compositor compositor --painter compositor
SDL_RENDER_DRIVER=opengl play opengl renderer-opengl --painter renderer
SDL_RENDER_DRIVER=opengles2 play opengles2 renderer-opengles2 --painter renderer

# Exact where pixel lies on pixel; enlarged, the same interpolation; made smaller, four looks in place of a mean by area.
alike exact 0 0
alike enlarged 1% 0
for picture in home whole between turned lit contrast panel resized; do
    alike $picture 9% 0
    alike $picture 4% 9000
done
for picture in missing missing-turned; do
    alike $picture 2% 800 # the ends of the lines
done
if [ "$(different compositor-missing.png compositor-exact.png 5%)" -gt 1000 ]; then pass; else fail "nothing is missing"; fi

# A card that gives up during the visit: the compositor goes on, and what it draws is what it would have drawn.
sed "s/SIDE/given-up/; /enlarged.png/q" visit.txt >script.txt
echo '4500 quit' >>script.txt
code=0
LD_PRELOAD="$failing_card $kept_open" SDL_RENDER_DRIVER=opengles2 \
    timeout 300 "$vitrine" "$telegram" --painter renderer --mode classroom --size 1200x780 --script script.txt \
    --report report.json >player.log 2>&1 || code=$?
if [ $code -eq 0 ]; then pass; else fail "a card that gives up: ended with $code: $(cat player.log)"; fi
if grep -q 'the card has given up.*the compositor draws' player.log; then pass; else fail "nobody says why: $(cat player.log)"; fi
if grep -q '"driver":"x11/compositor"' report.json; then pass; else fail "given up: $(grep driver report.json)"; fi
for picture in exact enlarged; do
    count=$(different compositor-$picture.png given-up-$picture.png 0)
    if [ "$count" -eq 0 ] 2>/dev/null; then pass; else fail "given up, $picture: $count pixels differ"; fi
done

# Without a card nothing is loaded for one, and nobody is told.
if [ ! -e /dev/dri ] && [ ! -e /dev/nvidiactl ]; then
    printf '0 go home\n0 wait ready\n100 quit\n' >script.txt
    "$vitrine" "$telegram" --size 900x700 --script script.txt --report report.json >said.txt 2>&1
    if [ ! -s said.txt ] && grep -q '"driver":"x11/compositor"' report.json; then pass; else fail "without a card: $(cat said.txt report.json)"; fi
fi

# At rest nothing is drawn and nobody wakes, whatever threads a driver has.
LD_PRELOAD="$kept_open" "$vitrine" "$telegram" --painter renderer --mode classroom --size 900x700 >player.log 2>&1 &
player=$!
children="$children $player"
sleep 12
wakings() {
    cat /proc/$player/task/*/status | awk '/^voluntary_ctxt_switches/ { sum += $2 } END { print sum }'
}
tries=0 # fonts are read ahead for a while
while :; do
    before=$(wakings)
    sleep 5
    woken=$(($(wakings) - before))
    tries=$((tries + 1))
    [ $woken -le 2 ] || [ $tries -ge 12 ] && break
done
if [ $woken -le 2 ]; then pass; else fail "at rest the renderer was woken $woken times in 5 seconds"; fi
kill -TERM $player
code=0
wait $player || code=$?
[ $code -eq 0 ] || fail "asked to end: $code: $(cat player.log)"
finish
