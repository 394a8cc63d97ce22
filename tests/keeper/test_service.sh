#!/bin/sh
# The player as a service: what the service manager hears, opening hours, status and log, and no socket that a screen does not need.
set -u
. "$2/tests/keeper/common.sh" "$1" "$2" "$3"

# ---- the service's own file
if command -v systemd-analyze >/dev/null; then
    systemd-analyze security --offline=true --threshold=25 "$root/packaging/vitrine.service" >security.txt 2>&1 && pass ||
        fail "the service is open to more than 2.5: $(tail -n 1 security.txt)"
    systemd-analyze verify "$root/packaging/vitrine.service" 2>&1 | grep -v -e 'not executable' -e "'man " >verify.txt
    [ ! -s verify.txt ] && pass || fail "systemd does not understand: $(cat verify.txt)"
else
    echo "systemd-analyze is not installed: the service's file is not looked at"
fi

# ---- it says that it plays, and goes on saying that it lives; it writes how it is
display
mkdir status exhibits
ln -s "$small" exhibits/current
cat >site.yaml <<END
vitrine: 1
exhibits: exhibits
idle: 600
motion: reduced
status: status
log: vitrine.log
END
supervise one.txt --site site.yaml
until_so "it says that it plays" at_least ready 1
kill -PIPE "$(playing)" # as when whoever read its messages has gone
until_so "it lives at rest" at_least alive 3
[ "$(count start)" = 1 ] && pass || fail "it was started again: $(cat one.txt)"
until_so "the status is written" test -s status/vitrine.json
version=$("$vitrine" --version | sed 's/vitrine //')
grep -q "\"version\": \"$version\"" status/vitrine.json && grep -q '"up": true' status/vitrine.json &&
    grep -Eq '"exhibit_hash": "[0-9a-f]{32}"' status/vitrine.json && pass || fail "status: $(cat status/vitrine.json)"
if command -v promtool >/dev/null; then
    promtool check metrics <status/vitrine.prom >promtool.txt 2>&1 && pass || fail "promtool: $(cat promtool.txt)"
fi
if command -v node >/dev/null; then
    node -e 'JSON.parse(require("fs").readFileSync("status/vitrine.json"))' && pass || fail "vitrine.json is no JSON"
fi
is_bright && pass || fail "nothing is on the screen"

# ---- no key chord and no closing ends it or leads anywhere but about the exhibit
alive=$(count alive)
for chord in alt+F4 ctrl+q ctrl+w ctrl+c ctrl+alt+BackSpace ctrl+alt+Delete ctrl+alt+F1 ctrl+alt+F2 alt+Tab super super+l alt+space \
    ctrl+shift+Escape ctrl+Escape Escape F1 F5 F10 F11 F12 Print Pause Menu ctrl+alt+t alt+F1 alt+F2 ctrl+p ctrl+n ctrl+alt+q; do
    xdotool key --delay 5 "$chord" 2>/dev/null
done
for window in $(xdotool search --name Vitrine); do
    xdotool windowquit "$window" 2>/dev/null
done
until_so "chords: it lives" at_least alive $((alive + 2))
[ "$(count start)" = 1 ] && is_bright && pass || fail "chords: it was left: $(cat one.txt)"

# Every key alone, with one modifier and with two: 9 to 135 are the keys of a keyboard, and they are Control, Alt, Shift and Super.
alive=$(count alive)
for held in "" 37+ 64+ 50+ 133+ 37+64+ 37+50+ 37+133+ 64+50+ 64+133+ 50+133+; do
    chords=
    key=9
    while [ $key -le 135 ]; do
        chords="$chords $held$key"
        key=$((key + 1))
    done
    # shellcheck disable=SC2086 # chords are words
    xdotool key --delay 0 $chords 2>/dev/null
done
until_so "all chords: it lives" at_least alive $((alive + 2))
[ "$(count start)" = 1 ] && ! is_dark && pass || fail "all chords: it was left: $(cat one.txt)"
set -- $(xdotool getwindowgeometry "$(xdotool search --onlyvisible --name '^Vitrine$' | head -n 1)" | sed -n 's/.*\(Position\|Geometry\): \([0-9]*\)[,x]\([0-9]*\).*/\2 \3/p')
[ "$*" = "0 0 800 600" ] && pass || fail "all chords: its window is elsewhere: $*"

# ---- asked to end, it says so and ends
stop
[ "$(tail -n 3 one.txt | tr '\n' ' ')" = "stopping exit 0 over " ] && pass || fail "the end: $(cat one.txt) $(cat player.log)"
[ -f vitrine.log ] && pass || fail "there is no log"

# ---- outside the opening hours the screen is dark, and a touch changes nothing
cat >night.yaml <<END
vitrine: 1
exhibit: $small
hours:
  daily: closed
END
supervise night.txt --site night.yaml
until_so "closed: it says that it plays" at_least ready 1
until_so "closed: the screen is dark" is_dark
xdotool mousemove 400 300 click 1 key Tab key Return
sleep 1
is_dark && pass || fail "closed: a touch lit the screen"
stop

# ---- and within them it is not: now, where noon is
hour=$(date -u +%H)
offset=$((${hour#0} - 12))
cat >day.yaml <<END
vitrine: 1
exhibit: $small
hours:
  daily: [10:00-15:00]
END
TZ="NOON$offset"
export TZ
supervise day.txt --site day.yaml
until_so "open: it says that it plays" at_least ready 1
until_so "open: the screen is bright" is_bright
stop
unset TZ

# ---- the staff: a knock, a code, and out to a login, which the service does not follow with a start
hash=$(echo 1234 | "$vitrine" staff-code)
cat >staff.yaml <<END
vitrine: 1
exhibit: $small
staff: {code: "$hash", shell: true}
log: staff.log
END
# knock: a touch in each corner.
knock() {
    for corner in "5 5" "795 5" "795 595" "5 595"; do
        # shellcheck disable=SC2086
        xdotool mousemove $corner click 1
        sleep 0.2
    done
    sleep 0.5
}
# logged WORDS: the log has them.
logged() {
    grep -q "$1" staff.log 2>/dev/null
}
supervise staff.txt --site staff.yaml
until_so "staff: it says that it plays" at_least ready 1
until_so "staff: the screen is bright" is_bright
knock
xdotool key --delay 50 1 1 1 1 Return
until_so "staff: a wrong code is refused" logged "a wrong code"
xdotool key --delay 50 1 2 3 4 Return
until_so "staff: the code is taken" logged "menu was opened"
sleep 0.5
xdotool key shift+Tab
sleep 0.3
xdotool key Return
until_so "staff: it leaves to a login" at_least "exit 42" 1
until_so "staff: and stays away" at_least over 1

# ---- the staff change the exhibit: another one is played at once, and after a restart; both links are whole
mkdir -p shelf/releases
cp -r "$small" shelf/releases/2-bb
cp -r "$small" shelf/releases/1-aa
sed -i 's/A notice on a museum door/A door/' shelf/releases/1-aa/exhibit.yaml
ln -s releases/2-bb shelf/current
cat >shelf.yaml <<END
vitrine: 1
exhibits: shelf
motion: reduced
staff: {code: "$hash"}
status: shelf-status
log: staff.log
END
mkdir shelf-status
# now_plays HASH-FILE: is the exhibit's hash in the status another one than in this file?
now_plays_another() {
    ! cmp -s shelf-status/vitrine.json "$1" && [ "$(grep exhibit_hash shelf-status/vitrine.json)" != "$(grep exhibit_hash "$1")" ]
}
supervise shelf.txt --site shelf.yaml
until_so "shelf: it says that it plays" at_least ready 1
until_so "shelf: the screen is bright" is_bright
until_so "shelf: the status is there" grep -q exhibit_hash shelf-status/vitrine.json
cp shelf-status/vitrine.json before.json
: >staff.log
knock
xdotool key --delay 50 1 2 3 4 Return
until_so "shelf: the code is taken" logged "menu was opened"
# By keys: the menu's second item; then back, close, and the one exhibit that is sorted before the one that is played.
sleep 0.5
xdotool key --delay 100 Tab Tab Tab Return
sleep 0.5
xdotool key --delay 100 Tab Tab Tab Return
until_so "shelf: it was chosen" logged "chose the exhibit"
[ "$(readlink shelf/current)" = releases/1-aa ] && [ "$(readlink shelf/previous)" = releases/2-bb ] && pass ||
    fail "shelf: $(ls -l shelf)"
until_so "shelf: another one is played" now_plays_another before.json
[ "$(count start)" = 1 ] && pass || fail "shelf: it was started again"
kill -KILL "$(playing)"
until_so "shelf: it is started again" at_least ready 2
until_so "shelf: the screen is bright again" is_bright
now_plays_another before.json && [ "$(readlink shelf/current)" = releases/1-aa ] && pass || fail "shelf: forgotten"
stop

# ---- sockets: none but X's, and udev's
printf '0 wait ready\n500 go document:letter\n1000 quit\n' >visit.txt
"$tools/trace-sockets" sockets.txt true
if [ $? -ne 0 ]; then
    echo "this machine lets nobody trace: sockets are not looked at"
else
    for kind in "" --headless; do
        # With a site file what the player refuses itself is not seen; without one all is.
        for site in "--site site.yaml" ""; do
            # shellcheck disable=SC2086
            LSAN_OPTIONS=detect_leaks=0 ASAN_OPTIONS=detect_leaks=0 "$tools/trace-sockets" sockets.txt "$vitrine" play "$small" $kind $site --script visit.txt --silent >traced.log 2>&1 ||
                fail "traced: $kind $site: $(cat traced.log)"
            if grep -Ev '^(socket|socketpair|connect) (1|16)$' sockets.txt; then fail "a socket that nobody needs: $kind $site"; else pass; fi
        done
    done
    # The tracer does see: a program that does connect.
    "$tools/trace-sockets" sockets.txt bash -c ': </dev/tcp/127.0.0.1/9' 2>/dev/null
    grep -q '^connect 2$' sockets.txt && pass || fail "the tracer saw no connect: $(cat sockets.txt)"
fi
finish
