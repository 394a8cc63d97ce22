# What the shell tests of the keeper share beside those of the stage. Sourced by sh, with the program in $1, the checkout in $2 and the folder of
# the tests' own programs in $3.

. "$2/tests/stage/common.sh" "$1" "$2"
tools=$3
for tool in Xvfb xdotool import convert; do
    if ! command -v $tool >/dev/null; then
        echo "$tool is not installed"
        exit 77
    fi
done
small=$root/tests/exhibits/small
cd "$work" || exit 1

# What a fault takes is waited for up to so many tenths of a second: a loaded machine is no failure.
patience=400

# until_so WHAT COMMAND...: waits until the command is true.
until_so() {
    what=$1
    shift
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        if [ $tries -gt $patience ]; then
            fail "$what"
            return 1
        fi
        sleep 0.1
    done
    pass
}

# display [NUMBER]: an X server; sets DISPLAY and xserver.
display() {
    rm -f number.txt
    Xvfb ${1:+":$1"} -displayfd 3 -screen 0 800x600x24 -nolisten tcp 3>number.txt >xvfb.log 2>&1 &
    xserver=$!
    children="$children $xserver"
    until_so "Xvfb starts" test -s number.txt || finish
    DISPLAY=:$(cat number.txt)
    export DISPLAY
}

# The service's file with a watchdog that is sooner, so that a test need not wait for it.
sed 's/^WatchdogSec=.*/WatchdogSec=3/' "$root/packaging/vitrine.service" >quick.service

# supervise EVENTS ARGUMENT...: plays as the service does; sets supervisor.
supervise() {
    events=$1
    shift
    "$tools/supervise" quick.service "$events" "$vitrine" play "$@" --silent 2>player.log &
    supervisor=$!
    children="$children $supervisor"
}

# count WORD: how many lines of the events are, or begin with, this word.
count() {
    grep -c "^$1" "$events" 2>/dev/null || :
}

at_least() {
    [ "0$(count "$1")" -ge "$2" ]
}

# The number of the process that plays now.
playing() {
    sed -n 's/^start //p' "$events" | tail -n 1
}

# picture FILE: what is on the screen.
picture() {
    import -silent -window root "$1"
}

# same FILE: is that on the screen?
same() {
    picture now.png && [ "$(compare -metric AE "$1" now.png null: 2>&1)" = 0 ]
}

# The screen's mean brightness, 0 to 255.
brightness() {
    picture now.png && convert now.png -colorspace Gray -format '%[fx:int(mean*255)]' info:
}

is_dark() {
    [ "$(brightness)" -eq 0 ]
}

is_bright() {
    [ "$(brightness)" -gt 60 ]
}

# stop: ends the service.
stop() {
    kill -TERM $supervisor
    wait $supervisor
}
