#!/bin/sh
# A display that hangs turned, on an X server of its own, with a real pointer: the picture is what `vitrine render` draws for the upright screen, turned, and a
# touch means what is under it.
set -u
. "$2/tests/stage/common.sh" "$1" "$2"
need Xvfb xdotool import compare convert
exhibit=$root/exhibits/telegram-1950
cd "$work" || exit 1

Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>number.txt >xvfb.log 2>&1 &
children=$!
tries=0
until [ -s number.txt ]; do
    tries=$((tries + 1))
    [ $tries -lt 300 ] || { fail "Xvfb does not start" && finish; }
    sleep 0.1
done
DISPLAY=:$(cat number.txt)
export DISPLAY

# draw WxH: home and the telegram of the upright screen, and where the button between them is.
draw() {
    for place in home parallel; do
        "$vitrine" render "$exhibit" --output upright --size "$1" --lang en --place $place || fail "nothing is drawn"
    done
    # shellcheck disable=SC2046 # four numbers
    set -- $("$vitrine" describe "$exhibit" --place home --lang en --size "$1" |
        sed -n 's/^.*" home[.]read \([0-9-]*\),\([0-9-]*\) \([0-9]*\)x\([0-9]*\).*$/\1 \2 \3 \4/p')
    x=$(($1 + $3 / 4)) # not the middle, which would be right turned over too
    y=$(($2 + $4 / 4))
}

# shows NAME WHAT: within a minute the screen is what was drawn, turned.
shows() {
    convert "upright/$1.en.png" -rotate "$back" expected.png
    tries=0
    while import -window root seen.png && [ "$(compare -metric AE expected.png seen.png null: 2>&1 | sed 's/ .*//')" != 0 ]; do
        tries=$((tries + 1))
        if [ $tries -ge 200 ] || ! kill -0 $player 2>/dev/null; then
            fail "turned by $turn: $2: $(cat player.log)"
            return
        fi
        sleep 0.3
    done
    pass
}

# touch_at X Y: of the upright screen, W by H; the panel is 1280 by 800.
touch_at() {
    case $turn in
    90) xdotool mousemove "$2" $((799 - $1)) click 1 ;;
    180) xdotool mousemove $((1279 - $1)) $((799 - $2)) click 1 ;;
    270) xdotool mousemove $((1279 - $2)) "$1" click 1 ;;
    esac
}

for turn in 90 180 270; do
    case $turn in
    180) draw 1280x800 ;;
    *) draw 800x1280 ;;
    esac
    back=$((360 - turn))
    printf 'vitrine: 1\nexhibit: %s\nidle: 600\nmotion: reduced\nrotation: %s\n' "$exhibit" $turn >site.yaml
    "$vitrine" play --site site.yaml --silent >player.log 2>&1 &
    player=$!
    children="$children $player"
    tries=0
    until xdotool search --onlyvisible --name '^Vitrine$' >/dev/null 2>&1 || [ $tries -ge 300 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    until import -window root seen.png && [ "$(convert seen.png -format %k info:)" -gt 100 ] || [ $tries -ge 600 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    touch_at 30 30
    shows home "a touch leads home"
    touch_at $x $y
    shows parallel "the button leads to the telegram"
    kill -TERM $player
    wait $player
    code=$?
    [ $code -eq 0 ] && pass || fail "turned by $turn: it ended with $code: $(cat player.log)"
done
finish
