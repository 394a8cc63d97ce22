#!/bin/sh
# From the player to the report: visits are counted where the site file says so, and nowhere else.
#     test_play.sh VITRINE CHECKOUT
set -eu
vitrine=$1 exhibit=$2/exhibits/telegram-1950
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
failed=0

expect() { # WHAT COMMAND...
    what=$1
    shift
    if "$@"; then
        return
    fi
    echo "not so: $what"
    failed=1
}

site() { # MODE KEEP
    printf 'vitrine: 1\nmode: %s\nidle: 14\nmotion: reduced\nstatistics:\n  keep: %s\n  folder: %s/kept\n' "$1" "$2" "$folder" >site.yaml
}

play() { # SCRIPT OPTION...
    "$vitrine" play "$exhibit" --headless --size 400x300 --silent --script "$@" >said 2>&1 || {
        cat said
        failed=1
    }
}

# Six visitors in seven minutes: home, the people, gone.
: >visit.txt
for visitor in 0 1 2 3 4 5; do
    start=$((visitor * 70000))
    printf '%s tap 0.5 0.5\n%s go people\n%s go about\n' $start $((start + 12000)) $((start + 23000)) >>visit.txt
done
printf '420000 quit\n' >>visit.txt
printf '0 tap 0.5 0.5\n3000 go people\n4000 quit\n' >short.txt

play short.txt
expect 'without a site file nothing is kept' test ! -e kept
site kiosk false
play short.txt --site site.yaml
expect 'switched off nothing is kept' test ! -e kept
site classroom true
play short.txt --site site.yaml
expect 'in a classroom nothing is kept' test ! -e kept
site kiosk true
mkdir kept
"$vitrine" statistics --site site.yaml >none 2>&1 && failed=1
expect 'where nothing was counted yet it says so' grep -q 'there are no statistics' none
rmdir kept
play visit.txt --site site.yaml
expect 'there is a file of its own' sh -c 'ls kept/statistics-a-telegram-*.db' >/dev/null
"$vitrine" statistics --site site.yaml --exhibit "$exhibit" >text
"$vitrine" statistics --site site.yaml --csv >csv
tr -d '\r' <csv >lines
mkdir stick
cp kept/* stick
"$vitrine" statistics --database stick --lang ko >korean
expect 'a folder on a stick is told too, in Korean' grep -q '^  관람 횟수  *6$' korean
"$vitrine" statistics --site site.yaml --exhibit "$2/tests/exhibits/small" >other 2>&1 && failed=1
expect 'of what was not played there is nothing' grep -q 'there are no statistics' other
expect 'six visits' grep -q '^  visits  *6$' text
expect 'in the table too' grep -q '^A telegram to Stalin,visits,,2[0-9-]*,2[0-9-]*,6$' lines
expect 'they lasted from 20 to 30 seconds' grep -q '^A telegram to Stalin,visits by length in seconds,,20,30,6$' lines
expect 'home was left after 12 seconds' grep -q '^A telegram to Stalin,visits by seconds at a place,Home,10,15,6$' lines
expect 'they ended at the sources' grep -q '^A telegram to Stalin,visits by the place where they ended,About & sources,,,6$' lines
expect 'in English' grep -q '^A telegram to Stalin,visits by language,English (en),,,6$' lines
"$vitrine" describe "$exhibit" --place about >described
expect 'who is not counted is not told so' sh -c '! grep -q "Visits are counted" described'
exit $failed
