#!/bin/sh
# What is installed plays by itself, away from the checkout: the third argument is the build folder.
set -u
build=$3
. "$2/tests/stage/common.sh" "$1" "$2"
unset DISPLAY
cd "$work" || exit 1
if ! cmake --install "$build" --prefix "$work/usr" >log.txt 2>&1; then
    cat log.txt
    fail "cmake --install"
    finish
fi
for file in bin/vitrine share/vitrine/assets/fonts.yaml share/vitrine/exhibits/telegram-1950/exhibit.yaml share/man/man1/vitrine.1; do
    if [ -s "usr/$file" ]; then pass; else fail "$file is not installed"; fi
done
printf '0 go parallel\n0 wait ready\n100 screenshot parallel.png\n' >script.txt
if ./usr/bin/vitrine --headless --size 1024x600 --script script.txt && [ -s parallel.png ]; then
    pass
else
    fail "the installed program does not play the telegram"
fi
if ./usr/bin/vitrine check usr/share/vitrine/exhibits/telegram-1950; then pass; else fail "the installed telegram has errors"; fi
finish
