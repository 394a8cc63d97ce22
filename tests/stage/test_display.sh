#!/bin/sh
# The real window, on an X server of its own, with real pointer events and keys. What it shows is compared with what `vitrine render` draws of the
# same place, pixel by pixel: from attract to the telegram, to a person and back, to the idle warning, and to the reset.
set -u
. "$2/tests/stage/common.sh" "$1" "$2"
need Xvfb xdotool import compare convert
telegram=$root/exhibits/telegram-1950
small=$root/tests/exhibits/small
cd "$work" || exit 1

# play ARGUMENT...: the player, on the server; $player is its number.
play() {
    "$vitrine" play "$@" --silent >player.log 2>&1 &
    player=$!
    children="$children $player"
}

# ended CODE WHAT: the player ends by itself, within 20 seconds, with this code.
ended() {
    tries=0
    while kill -0 $player 2>/dev/null && [ $tries -lt 200 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    kill -KILL $player 2>/dev/null && fail "$2: the player did not end"
    code=0
    wait $player 2>/dev/null || code=$?
    if [ $code -eq "$1" ] && [ ! -s player.log ]; then pass; else fail "$2: ended with $code: $(cat player.log)"; fi
}

# box EXHIBIT PLACE ID: sets x y w h to where the box is on this screen.
box() {
    "$vitrine" describe "$1" --place "$2" --size 1280x800 >box.txt
    found=$(sed -n "s/^.*\" $3 \([0-9-]*\),\([0-9-]*\) \([0-9]*\)x\([0-9]*\)\( .*\)*\$/\1 \2 \3 \4/p" box.txt | head -n 1)
    if [ -z "$found" ]; then
        fail "there is no box $3 on $2"
        finish
    fi
    # shellcheck disable=SC2086 # four numbers
    set -- $found
    x=$1 y=$2 w=$3 h=$4
}

click() {
    xdotool mousemove "$1" "$2" click 1
}

# tap: the middle of the box that was asked for last.
tap() {
    click $((x + w / 2)) $((y + h / 2))
}

# different FILE FILE [FUZZ]: how many pixels differ.
different() {
    compare -metric AE ${3:+-fuzz "$3"} "$1" "$2" null: 2>&1 | sed 's/ .*//'
}

# shows FILE WHAT [CROP]: within two minutes the screen, or this part of it, is this picture.
shows() {
    if [ -n "${3-}" ]; then
        convert "$1" -crop "$3" +repage expected.png
    else
        cp "$1" expected.png
    fi
    tries=0
    while :; do
        import -window root ${3:+-crop "$3" +repage} seen.png
        count=$(different expected.png seen.png)
        [ "$count" = 0 ] && break
        tries=$((tries + 1))
        if [ $tries -ge 300 ] || ! kill -0 $player 2>/dev/null; then
            fail "$2: $count pixels differ from $1 $(cat player.log)"
            return
        fi
        sleep 0.3
    done
    pass
}

# How often the player has slept and been woken, all its threads.
wakings() {
    cat /proc/$player/task/*/status | awk '/^voluntary_ctxt_switches/ { sum += $2 } END { print sum }'
}

# settled: once the player has slept for a second: the fonts of the exhibit's other languages are read ahead.
settled() {
    tries=0
    while :; do
        asleep=$(wakings)
        sleep 1
        [ "$(wakings)" -eq "$asleep" ] && return
        tries=$((tries + 1))
        if [ $tries -ge 60 ]; then
            fail "a minute after the last touch the player does not sleep yet"
            return
        fi
    done
}

# figure NAME: a number of the report.
figure() {
    sed -n "s/.*\"$1\":\([0-9.]*\).*/\1/p" report.json | head -n 1
}

# ---- a visit
cp -r "$telegram" patient && sed -i 's/^idle: .*/idle: 15/' patient/exhibit.yaml
cp -r "$telegram" hasty && sed -i 's/^idle: .*/idle: 1/' hasty/exhibit.yaml
grep -q '^idle: 15' patient/exhibit.yaml || fail "the telegram's idle time could not be changed"
"$vitrine" render patient --output pictures --size 1280x800 --lang en --place home --place parallel --place attract --place person:mao-zedong
"$vitrine" render patient --output contrast --size 1280x800 --lang en --place parallel --theme high-contrast
"$vitrine" render hasty --output warned --size 1280x800 --lang en --place parallel
box patient attract attract.title
title=${w}x$h+$x+$y
box patient person:mao-zedong panel
panel=${w}x$h+$x+$y
box hasty parallel warning.stay
stay=${w}x$h+$x+$y

server 1280x800x24
play patient --record record.txt --report report.json
shows pictures/attract.en.png "attract comes up" "$title"
click 640 300
shows pictures/home.en.png "a touch begins the visit, at home"
box patient home home.read
tap
shows pictures/parallel.en.png "home leads to the telegram"
link=$("$vitrine" describe patient --place parallel --size 1280x800 | sed -n 's/.* \(text\.[a-z0-9.]*\) .*\[go person:mao-zedong\]$/\1/p' | head -n 1)
box patient parallel "$link"
tap
shows pictures/person-mao-zedong.en.png "a name in the text opens the person" "$panel"
box patient parallel bar.back
tap
shows pictures/parallel.en.png "back is where one was"
settled
before=$(wakings)
sleep 5
woken=$(($(wakings) - before))
if [ $woken -le 1 ]; then pass; else fail "at rest the player was woken $woken times in 5 seconds"; fi
shows warned/parallel.en.png "when nobody touches it, it asks" "$stay"
click 300 300
shows pictures/parallel.en.png "a touch anywhere answers, and does nothing else"
box patient parallel bar.contrast
tap
shows contrast/parallel.en.png "contrast changes what is on the screen"
shows pictures/attract.en.png "after the countdown it is attract again" "$title"
click 640 300
shows pictures/home.en.png "and the next visitor's screen is as new"
kill -TERM $player
ended 0 "asked to end"

grep -q ' down ' record.txt || fail "nothing was recorded"
if [ "$(figure frames)" -gt 10 ]; then pass; else fail "the report counts $(figure frames) frames"; fi

# What was recorded can be played again, without a display, and ends where the visit ended.
grep -v ' quit$' record.txt >again.txt
last=$(tail -n 1 again.txt | sed 's/ .*//')
printf '%d screenshot again.png\n%d quit\n' $((last + 3000)) $((last + 3000)) >>again.txt
"$vitrine" patient --headless --script again.txt || fail "the record cannot be played"
if [ "$(different again.png pictures/home.en.png)" = 0 ]; then pass; else fail "the record leads elsewhere"; fi

# ---- the same script, in the window and without one
cat >script.txt <<'END'
0 go home
0 wait ready
500 tap @home.read
1500 wait ready
1500 look 0.4 0.3 0.9 300
2500 key Tab
3000 wheel 0.75 0.4 -2
4500 wait ready
4500 screenshot SIDE-one.png
4600 tap @bar.home
6000 key PageDown
7000 screenshot SIDE-two.png
7100 pinch 0.5 0.5 3.0 300
7500 drag 0.8 0.5 0.2 0.3 300
8000 quit
END
sed 's/SIDE/window/' script.txt >window.txt
sed 's/SIDE/twin/' script.txt >twin.txt
play "$small" --size 900x700 --script window.txt --report report.json
ended 0 "a script in the window"
"$vitrine" "$small" --size 900x700 --headless --script twin.txt || fail "a script without a window"
for picture in one two; do
    count=$(different window-$picture.png twin-$picture.png)
    if [ "$count" = 0 ]; then pass; else fail "$picture: $count pixels differ between the window and its twin"; fi
done
grep -q '"driver":"x11/compositor"' report.json || fail "the report names another driver"

printf '0 go home\n0 wait ready\n500 screenshot still.png\n60000 quit\n' >still.txt

# ---- keys, and leaving
play "$small" --mode classroom --windowed --size 900x700 --record record.txt --report report.json
tries=0
until xdotool search --onlyvisible --name '^Vitrine$' >window-id.txt 2>/dev/null || [ $tries -ge 200 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
sleep 11 # at rest
xdotool mousemove 640 400 key Tab key shift+Tab key Page_Down
sleep 1
xdotool windowsize "$(head -n 1 window-id.txt)" 700 500
sleep 1
xdotool key Escape
ended 0 "Esc in classroom mode"
for line in 'key Tab' 'key Shift+Tab' 'key PageDown' 'resize 700 500'; do
    if grep -q " $line\$" record.txt; then pass; else fail "\"$line\" did not reach the player: $(cat record.txt)"; fi
done
grep -q '"size":\[700,500\]' report.json || fail "the window's size is not reported"
if figure idle_wakeups_per_s | awk '{ found = $1 <= 0.1 } END { exit !found }'; then
    pass
else
    fail "$(figure idle_wakeups_per_s) wake-ups a second at rest"
fi
play "$small" --size 900x700
sleep 2
xdotool mousemove 400 400 key Escape
sleep 1
if kill -0 $player 2>/dev/null; then pass; else fail "Esc leaves the kiosk"; fi
xdotool key ctrl+q
ended 0 "Ctrl+Q"

# ---- at rest on a driver of SDL's that cannot sleep, as on KMSDRM: nothing wakes it, and a signal is heard at once
SDL_VIDEODRIVER=dummy play "$small" --mode classroom --script still.txt --report report.json
tries=0
until [ -s still.png ] || [ $tries -ge 200 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
settled
before=$(wakings)
sleep 5
woken=$(($(wakings) - before))
if [ $woken -le 1 ]; then pass; else fail "at rest without a display the player was woken $woken times in 5 seconds"; fi
kill -TERM $player
ended 0 "asked to end, at rest"

# ---- a curator at work: what is saved is seen, at the same place, and so is a mistake
cp -r "$small" mine
sed -i 's/A notice on a museum door/A notice on a garden gate/' mine/exhibit.yaml
"$vitrine" render mine --output changed --size 900x700 --lang en --place home
"$vitrine" render "$small" --output pictures --size 900x700 --lang en --place home
if [ "$(different pictures/home.en.png changed/home.en.png)" -gt 100 ]; then pass; else fail "the sample's title is another one"; fi
cp "$small/exhibit.yaml" mine/exhibit.yaml
echo "0 go home" >home.txt
play mine --watch --size 900x700 --script home.txt
corner=900x700+0+0
shows pictures/home.en.png "home, before anything is changed" $corner
sed 's/A notice on a museum door/A notice on a garden gate/' "$small/exhibit.yaml" >mine/exhibit.yaml
shows changed/home.en.png "what was saved is seen" $corner
printf 'nonsense: [\n' >>mine/exhibit.yaml
tries=0
while [ "$(import -window root -crop $corner +repage seen.png && different changed/home.en.png seen.png)" = 0 ] && [ $tries -lt 60 ]; do
    tries=$((tries + 1))
    sleep 0.3
done
if [ $tries -lt 60 ]; then pass; else fail "a mistake is not seen"; fi
cp "$small/exhibit.yaml" mine/exhibit.yaml
shows pictures/home.en.png "the mistake is mended" $corner
kill -TERM $player
ended 0 "asked to end while it watches"

# ---- a screen of other pixels
server 800x600x16
printf '0 go home\n0 wait ready\n500 screenshot drawn.png\n60000 quit\n' >script.txt
play "$small" --script script.txt
tries=0
until [ -s drawn.png ] || [ $tries -ge 200 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
sleep 1
import -window root seen.png
count=$(different drawn.png seen.png 5%)
if [ "$count" = 0 ]; then pass; else fail "with 16 bits a pixel $count pixels are wrong"; fi
kill -INT $player # ignored: a shell's background commands leave it to the terminal
kill -TERM $player
ended 0 "asked to end, with 16 bits a pixel"
finish
