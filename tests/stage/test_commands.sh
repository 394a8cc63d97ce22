#!/bin/sh
# Every kind of wrong call gets one clear line and the exit code of the contract: 1 the input, 2 the usage, 3 the machine.
set -u
. "$2/tests/stage/common.sh" "$1" "$2"
unset DISPLAY
telegram=$root/exhibits/telegram-1950
small=$root/tests/exhibits/small
cd "$work" || exit 1

# run ARGUMENT...: the code in $code, what was said in out.txt and err.txt.
run() {
    code=0
    "$vitrine" "$@" >out.txt 2>err.txt </dev/null || code=$?
}

# wrong CODE PATTERN ARGUMENT...: that code, nothing on the standard output, one line that begins with "vitrine: " and holds the pattern.
wrong() {
    expected=$1
    pattern=$2
    shift 2
    run "$@"
    lines=$(wc -l <err.txt)
    if [ "$code" -ne "$expected" ]; then
        fail "vitrine $* ended with $code, not $expected: $(cat err.txt)"
    elif [ -s out.txt ]; then
        fail "vitrine $* said on the standard output: $(head -n 1 out.txt)"
    elif [ "$lines" -ne 1 ] || ! grep -q '^vitrine: ' err.txt || ! grep -qe "$pattern" err.txt; then
        fail "vitrine $* should say one line with \"$pattern\": $(cat err.txt)"
    else
        pass
    fi
}

# right PATTERN ARGUMENT...: code 0, nothing on the error output, the pattern in the output.
right() {
    pattern=$1
    shift
    run "$@"
    if [ "$code" -ne 0 ] || [ -s err.txt ] || ! grep -qe "$pattern" out.txt; then
        fail "vitrine $* ended with $code: $(cat out.txt err.txt | head -n 5)"
    else
        pass
    fi
}

# silent ARGUMENT...: code 0, and nothing said.
silent() {
    run "$@"
    if [ "$code" -ne 0 ] || [ -s err.txt ] || [ -s out.txt ]; then
        fail "vitrine $* ended with $code: $(cat out.txt err.txt | head -n 5)"
    else
        pass
    fi
}

# ---- wrong usage
wrong 2 'did you mean --size?' --sise 800x600
wrong 2 'did you mean --headless?' play "$small" --hedless
wrong 2 'did you mean --help?' --hlep
wrong 2 'has no option -x' -x
wrong 2 'did you mean kiosk?' --mode kiosc
wrong 2 'kiosk classroom demo' --mode party
wrong 2 'width x height' --size 800
wrong 2 'width x height' --size 0x0
wrong 2 'wants a value' --size
wrong 2 'takes no value' --windowed=yes
wrong 2 'given twice' --lang en --lang ko
wrong 2 'takes one exhibit' "$small" "$telegram"
wrong 1 'no such site file' --site site.yaml
wrong 2 'did you mean check?' chekc "$small"
wrong 2 'did you mean render?' redner
wrong 2 'simulate wants one exhibit' simulate
wrong 2 'a day such as' statistics --from 13.5.2026
wrong 2 'is after --to' statistics --from 2026-05-13 --to 2026-05-12
wrong 2 'takes options only' statistics "$small"
wrong 1 'there are no statistics' statistics --database none.db
wrong 2 'did you mean describe?' help decsribe
wrong 2 'see vitrine help' help everything
wrong 2 'check' check
wrong 2 'has no option' check "$small" --fast
wrong 2 '--output' render "$small"
wrong 2 'did you mean --output?' render "$small" --outptu pictures
wrong 2 '--place' describe "$small"
wrong 2 'did you mean paper?' describe "$small" --place home --theme papr
wrong 2 '100' describe "$small" --place home --text-size 110
wrong 2 '--layer' typeset "$small" notice --output pages
wrong 2 'tlh' "$small" --lang tlh --headless

# ---- the manual has every command, and every option that its help names
manual=$root/packaging/vitrine.1
commands=$("$vitrine" help | sed -n 's/^    vitrine \([a-z-]*\).*/\1/p' | grep -v '^-')
for command in play $commands; do
    [ -n "$command" ] || continue
    grep -q "^\.It Cm $command\$" "$manual" || fail "the manual does not explain $command"
    options=$("$vitrine" help "$command" | grep -o -e '--[a-z][a-z-]*' | sort -u)
    for option in $options; do
        if grep -q -e "Fl -${option#--}\b" "$manual"; then pass; else fail "the manual lacks $option of $command"; fi
    done
done

# ---- the input is at fault
mkdir empty
printf 'hello\n' >text.txt
printf '0 go home\n100 tap @home.read\n200 tipp @bar.home\n' >script.txt
printf '0 go home\n0 wait ready\n100 tap @home.rea\n' >box.txt
printf '0 go home\n' >short.txt
wrong 1 'no-such-exhibit' no-such-exhibit
wrong 1 '/nowhere/exhibit' /nowhere/exhibit
wrong 1 '/nowhere/exhibit' play /nowhere/exhibit --headless
wrong 1 '--odd' --headless -- --odd
wrong 1 'empty' empty --headless
wrong 1 'text.txt' text.txt --headless
wrong 1 'text.txt' text.txt/deeper
wrong 1 'script.txt:3:5: ' "$small" --headless --script script.txt
wrong 1 'script.txt:3:5: ' "$small" --script script.txt
wrong 1 'box.txt:3: .*home.rea' "$small" --headless --script box.txt
wrong 1 'no-such-script' "$small" --headless --script no-such-script
wrong 1 'no-such-exhibit' check no-such-exhibit
wrong 1 'no-such-exhibit' describe no-such-exhibit --place home
wrong 1 'no-such-exhibit' render no-such-exhibit --output pictures
wrong 1 'no-such-exhibit' typeset no-such-exhibit notice --layer translation.en --output pages

# Root reads what nobody may read.
if [ "$(id -u)" -ne 0 ]; then
    cp -r "$small" locked && chmod 000 locked
    wrong 1 'locked' locked --headless
    chmod 700 locked
fi

# ---- the machine is at fault
wrong 3 'no display .*vitrine render .*--headless' "$small"
wrong 3 'no display' --windowed --size 800x600
DISPLAY=nowhere:77 wrong 3 'no display' "$small"
wrong 3 'nowhere/report.json' "$small" --headless --script short.txt --report nowhere/report.json
wrong 3 'nowhere/record.txt' "$small" --headless --script short.txt --record nowhere/record.txt
VITRINE_ASSETS=/nowhere wrong 3 'assets' "$small" --headless
VITRINE_TILE=/nowhere wrong 3 'libvips-dev' tile page.jpg page.dzi
VITRINE_DECODER=/nowhere wrong 3 'vitrine-decode' "$small" --headless
code=0
"$vitrine" help >/dev/full 2>err.txt || code=$?
if [ "$code" -eq 3 ] && grep -q '^vitrine: ' err.txt; then pass; else fail "a full disk ended with $code: $(cat err.txt)"; fi

# ---- and what is right
right '^vitrine [0-9]*\.[0-9]*\.[0-9]*$' --version
right '^vitrine [0-9]*\.[0-9]*\.[0-9]*$' play --version
for word in --help -h help 'play --help' 'check --help' 'help play' 'help check' 'help render' 'help describe' 'help typeset' 'help tile' 'tile --help' 'help help'; do
    # shellcheck disable=SC2086 # the words of a call
    right 'vitrine' $word
done
right '--script FILE' help play
right '--low-reach' render --help
silent check "$small"
silent check "$telegram"
right '^screen ' describe "$small" --place home
silent "$small" --headless
cat >visit.txt <<'END'
# a visit
0 go home
0 wait ready
100 screenshot home.png
200 tap @home.read
2000 screenshot read.png
2100 resize 800 600
2500 screenshot size.png
2600 quit
END
silent play "$small" --headless --size 640x400 --script visit.txt --report report.json --record record.txt
for file in home.png read.png size.png report.json record.txt; do
    if [ -s "$file" ]; then pass; else fail "no $file was written"; fi
done
if cmp -s home.png read.png; then fail "home and read look alike"; else pass; fi
grep -q '"size":\[800,600\]' report.json || fail "the report has another size: $(cat report.json)"
grep -q '"driver":"headless/' report.json || fail "the report has another driver: $(cat report.json)"
finish
