#!/bin/sh
# What goes wrong in ten years: for each fault what is on the screen, and how the exhibit comes back by itself.
set -u
. "$2/tests/keeper/common.sh" "$1" "$2" "$3"
command -v compare >/dev/null || exit 77

display 
number=${DISPLAY#:}
mkdir status exhibits
cp -r "$small" exhibits/one
cp -r "$small" exhibits/two
ln -s one exhibits/current
ln -s two exhibits/previous
cat >site.yaml <<END
vitrine: 1
exhibits: exhibits
motion: reduced
idle: 600
status: status
END
says() {
    grep -q "$1" status/vitrine.json 2>/dev/null
}
supervise events.txt --site site.yaml
until_so "it plays" at_least ready 1
sleep 2 # the attract screen comes to rest
picture good.png
until_so "the exhibit is on the screen" is_bright

# ---- a hang: the last picture stands until the watchdog's time is over, then the exhibit
kill -STOP "$(playing)"
same good.png && pass || fail "hang: the last picture is gone"
until_so "hang: the watchdog sees it" at_least watchdog 1
until_so "hang: it plays again" at_least ready 2
until_so "hang: the exhibit is on the screen" same good.png

# ---- a crash
kill -KILL "$(playing)"
until_so "crash: it plays again" at_least ready 3
until_so "crash: the exhibit is on the screen" same good.png

# ---- a display that goes away, and comes back
kill -KILL $xserver
wait $xserver 2>/dev/null
until_so "display: the player ends and is started again" at_least start 5
display "$number"
until_so "display: it plays again" at_least ready 4
until_so "display: the exhibit is on the screen" same good.png

# ---- an exhibit that cannot be read: the one before; and the new one once it can be
mv exhibits/one/exhibit.yaml kept.yaml
kill -KILL "$(playing)"
until_so "exhibit: it plays again" at_least ready 5
until_so "exhibit: the one before is on the screen" same good.png
until_so "exhibit: which one" says '"exhibit": ".*/previous"'
mv kept.yaml exhibits/one/exhibit.yaml
until_so "exhibit: the one that was meant comes back" says '"exhibit": ".*/current"'
[ "$(count start)" = "$(count ready)" ] || [ "$(count ready)" -ge 5 ] && pass || fail "exhibit: it was started anew"

# ---- none can be read: a message for the staff, until one can
mv exhibits/one/exhibit.yaml kept.yaml
mv exhibits/two exhibits/three
rm -f status/vitrine.json
kill -KILL "$(playing)"
until_so "none: it says that it lives" at_least ready 6
until_so "none: the status says so" says '"up": false'
until_so "none: a message is on the screen" is_bright
same good.png && fail "none: it is the exhibit" || pass
mv kept.yaml exhibits/one/exhibit.yaml
until_so "none: the exhibit comes back by itself" says '"up": true'
until_so "none: the exhibit is on the screen" same good.png
mv exhibits/three exhibits/two

# ---- a full disk: neither status nor log can be written, and the exhibit plays
stop
mkdir full
if unshare -m true 2>/dev/null; then
    cat >full.sh <<END
mount -t tmpfs -o size=4k none "$work/full" || exit 77
head -c 100000 /dev/zero >"$work/full/zero" 2>/dev/null
exec "$tools/supervise" quick.service full.txt "$vitrine" play --site full.yaml --silent
END
    sed -e "s|^status: .*|status: $work/full|" site.yaml >full.yaml
    echo "log: $work/full/vitrine.log" >>full.yaml
    unshare -m sh full.sh 2>player.log &
    supervisor=$!
else
    echo "this machine lets nobody mount: only the log's disk is full"
    cat site.yaml >full.yaml
    echo "log: /dev/full" >>full.yaml
    "$tools/supervise" quick.service full.txt "$vitrine" play --site full.yaml --silent 2>player.log &
    supervisor=$!
fi
children="$children $supervisor"
events=full.txt
until_so "full: it plays" at_least ready 1
until_so "full: it lives" at_least alive 2
until_so "full: the exhibit is on the screen" same good.png
[ "$(count start)" = 1 ] && pass || fail "full: it was started again: $(cat full.txt player.log)"
stop

# ---- the fonts are gone: a message that needs none
cp -rL "$root/assets" assets
sed -i 's|/usr/share/fonts/|/nowhere/|' assets/fonts.yaml
VITRINE_ASSETS=$work/assets
export VITRINE_ASSETS
supervise fonts.txt --site site.yaml
until_so "fonts: it says that it lives" at_least ready 1
until_so "fonts: a message is on the screen" is_bright
same good.png && fail "fonts: it is the exhibit" || pass
[ "$(convert now.png -format %k info:)" = 2 ] && pass || fail "fonts: it is no message of strokes"
cp "$root/assets/fonts.yaml" assets/fonts.yaml
until_so "fonts: the exhibit comes back by itself" same good.png
stop
unset VITRINE_ASSETS

# ---- and a site file that is gone
supervise nosite.txt --site nowhere.yaml
until_so "site: a message is on the screen" is_bright
[ "$(convert now.png -format %k info:)" = 2 ] && pass || fail "site: it is no message of strokes"
stop
finish
