# A machine in QEMU, for tests/appliance/run: power, screen, touch, keys, and what the guest is asked. Sourced by sh with `work` (a folder),
# `disk` (the image), `parcel` (a tar for the guest), `vga` and `firmware` set.

machine=
asked=0
told=0

now() {
    date +%s
}

power_on() {
    rm -f "$work"/qmp.* "$work"/port.*
    mkfifo "$work/qmp.in" "$work/qmp.out" "$work/port.in" "$work/port.out"
    : >"$work/qmp.log"
    : >"$work/port.log"
    began=$(now)
    # shellcheck disable=SC2086 # options are words
    qemu-system-x86_64 -accel tcg,thread=multi -smp 2 -m 1024 -vga $vga -display none -nodefaults -no-user-config -nic none $firmware \
        -drive "file=$disk,format=raw,if=none,id=disk" -device virtio-blk-pci,drive=disk,bootindex=1 \
        -drive "file=$parcel,format=raw,if=none,id=parcel,readonly=on" -device virtio-blk-pci,drive=parcel,serial=test \
        -device virtio-keyboard-pci -device virtio-tablet-pci \
        -serial "file:$work/console.log" -chardev "pipe,id=port,path=$work/port" -serial chardev:port \
        -chardev "pipe,id=qmp,path=$work/qmp" -mon chardev=qmp,mode=control 2>"$work/qemu.log" &
    machine=$!
    cat "$work/qmp.out" >>"$work/qmp.log" &
    cat "$work/port.out" >>"$work/port.log" &
    exec 3>"$work/qmp.in" 4>"$work/port.in"
    asked=0
    told=0
    ask '"execute": "qmp_capabilities"' || give_up "QEMU does not start: $(cat "$work/qemu.log")"
}

power_off() {
    if [ -n "$machine" ]; then
        kill -9 "$machine" 2>/dev/null || :
        wait "$machine" 2>/dev/null || :
        machine=
    fi
    exec 3>&- 4>&-
}

wait_for() { # SECONDS COMMAND...
    end=$(($(now) + $1))
    shift
    until "$@"; do
        [ "$(now)" -lt "$end" ] || return 1
        kill -0 "$machine" 2>/dev/null || return 1
        sleep 1
    done
}

# ---- QEMU

# ask COMMAND: waits for the answer.
ask() {
    asked=$((asked + 1))
    printf '{%s, "id": "question-%d."}\n' "$1" "$asked" >&3
    tries=0
    until grep -q "question-$asked[.]" "$work/qmp.log"; do
        tries=$((tries + 1))
        [ "$tries" -lt 600 ] || return 1
        sleep 0.1
    done
}

# screen NAME: what is on the screen, as NAME.png.
screen() {
    rm -f "$work/screen.ppm"
    ask "\"execute\": \"screendump\", \"arguments\": {\"filename\": \"$work/screen.ppm\"}" &&
        convert "$work/screen.ppm" "$work/$1.png"
}

button() { # true|false
    ask "\"execute\": \"input-send-event\", \"arguments\": {\"events\": [{\"type\": \"btn\", \"data\": {\"button\": \"left\", \"down\": $1}}]}"
}

# touch_at X Y: in thousandths of the screen.
touch_at() {
    x=$(($1 * 32767 / 1000))
    y=$(($2 * 32767 / 1000))
    at="{\"type\": \"abs\", \"data\": {\"axis\": \"x\", \"value\": $x}}, {\"type\": \"abs\", \"data\": {\"axis\": \"y\", \"value\": $y}}"
    ask "\"execute\": \"input-send-event\", \"arguments\": {\"events\": [$at]}"
    button true
    sleep 0.2
    button false
}

# press KEY KEY...: all at once, 20 ms each; it does not wait until they are up again.
press() {
    pressed=
    for key in "$@"; do
        pressed="$pressed${pressed:+, }{\"type\": \"qcode\", \"data\": \"$key\"}"
    done
    ask "\"execute\": \"send-key\", \"arguments\": {\"keys\": [$pressed], \"hold-time\": 20}"
}

# ---- the guest

said() {
    grep -q "$1" "$work/port.log"
}

# tell LINE: waits until the guest has done it.
tell() {
    told=$((told + 1))
    printf '%s\n' "$1" >&4
    patience=200
    until said "^DONE $told\$"; do
        patience=$((patience - 1))
        [ "$patience" -gt 0 ] && kill -0 "$machine" 2>/dev/null || return 1
        sleep 1
    done
}

# answer WORD: the last line that began so, without the word.
answer() {
    sed -n "s/^$1 //p" "$work/port.log" | tail -n 1
}

# ---- the screen

# difference A B: of two pictures of one size, in thousandths.
difference() {
    compare -metric RMSE "$1" "$2" null: 2>&1 | sed -n 's/.*(\([0-9.e-]*\)).*/\1/p' | awk '{printf "%d\n", $1 * 1000}'
}

# shows NAME SECONDS: until the screen is as expected/NAME.png.
shows() {
    end=$(($(now) + $2))
    while [ "$(now)" -lt "$end" ]; do
        screen "seen-$1"
        apart=$(difference "$work/seen-$1.png" "$work/expected/$1.png")
        if [ -n "$apart" ] && [ "$apart" -le 60 ]; then
            return 0
        fi
        sleep 1
    done
    echo "        the screen is not as expected: $work/seen-$1.png differs by ${apart:-another size} thousandths"
    return 1
}

# Sets bright: how bright the screen is on average, in thousandths.
look() {
    screen playing && bright=$(convert "$work/playing.png" -format '%[fx:int(mean*1000)]' info:)
}

# Something of the player's, on all of the screen: neither dark nor letters on a dark console.
plays() {
    look && [ "$bright" -gt 200 ] && [ "$(convert "$work/playing.png" -format '%wx%h' info:)" = "$size" ]
}

# Anything; high contrast is mostly black.
is_lit() {
    look && [ "$bright" -gt 15 ]
}

is_dark() {
    look && [ "$bright" -eq 0 ]
}
