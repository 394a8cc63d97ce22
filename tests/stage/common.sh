# What the shell tests of the stage share. Sourced by sh, with the program in $1 and the checkout in $2.

vitrine=$1
root=$2
work=$(mktemp -d)
passed=0
failed=0
children=
export LC_ALL=C.UTF-8
unset WAYLAND_DISPLAY SDL_VIDEODRIVER VITRINE_ASSETS VITRINE_EXHIBIT VITRINE_DECODER VITRINE_TILE

clean_up() {
    for child in $children; do
        kill "$child" 2>/dev/null || :
    done
    wait 2>/dev/null || :
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# need TOOL...: without them the test is skipped.
need() {
    for tool; do
        if ! command -v "$tool" >/dev/null; then
            echo "$tool is not installed"
            exit 77
        fi
    done
}

pass() {
    passed=$((passed + 1))
}

# fail WHAT...: counts and says it.
fail() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$*"
}

finish() {
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit
}

# server SCREEN: an X server with this screen, such as 1280x800x24; sets DISPLAY and xvfb.
server() {
    rm -f number.txt
    Xvfb -displayfd 3 -screen 0 "$1" -nolisten tcp 3>number.txt >xvfb.log 2>&1 &
    xvfb=$!
    children="$children $xvfb"
    tries=0
    until [ -s number.txt ]; do
        tries=$((tries + 1))
        if [ $tries -gt 300 ] || ! kill -0 $xvfb 2>/dev/null; then
            cat xvfb.log
            fail "Xvfb does not start"
            finish
        fi
        sleep 0.1
    done
    DISPLAY=:$(cat number.txt)
    export DISPLAY
}
