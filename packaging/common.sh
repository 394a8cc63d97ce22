# What packaging/play and tests/run share. Sourced by sh with `root` (the checkout) and `program` (the name that stands
# before each line) set.

say() {
    printf '%s: %s\n' "$program" "$*"
}

# Ends the program: the machine is at fault.
give_up() {
    say "$*" >&2
    exit 3
}

# The packages of the sections given.
packages() {
    for section in "$@"; do
        awk -v wanted="[$section]" '
            /^\[/ { inside = ($1 == wanted); next }
            inside && NF && !/^#/ { print $1 }' "$root/packaging/packages.txt"
    done
}

# Those of the packages given that are not installed.
missing() {
    for package in "$@"; do
        case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
        installed) ;;
        *) printf '%s ' "$package" ;;
        esac
    done
}

apt() {
    if [ "$(id -u)" -eq 0 ]; then
        DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 "$@"
    else
        sudo DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 \
            -o Dpkg::Use-Pty=0 "$@"
    fi
}

# Installs what is missing of the sections given; asks nothing of the network when nothing is.
install_missing() {
    command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
        give_up "this is not Debian; install what packaging/packages.txt lists and build with CMake"
    # shellcheck disable=SC2046,SC2086 # package names are words
    absent=$(missing $(packages "$@"))
    if [ -z "$absent" ]; then
        say "nothing to install"
        return
    fi
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        give_up "missing: ${absent% }. Run this as root once (with --setup), or install sudo"
    fi
    say "installing with apt-get: ${absent% }"
    apt -qq update || say "apt-get update had errors; trying with the lists that there are"
    # shellcheck disable=SC2086
    apt -qq install -y --no-install-recommends $absent >"$log" 2>&1 || {
        tail -n 20 "$log" >&2
        give_up "apt-get could not install them (all it said: $log)"
    }
}

# configure FOLDER COMPILER [CMAKE OPTION]...: false when CMake fails. It is asked every time, so that new files are seen.
configure() {
    folder=$1
    compiler=$2
    shift 2
    if [ -f "$folder/CMakeCache.txt" ] &&
        ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt"; then
        set -- --fresh "$@" # the checkout has been moved
    fi
    CC=$compiler cmake -G Ninja -S "$root" -B "$folder" "$@" >"$log" 2>&1 || {
        cat "$log" >&2
        return 1
    }
}

# build FOLDER [NINJA OPTION or TARGET]...: says nothing unless something is wrong.
build() {
    ninja --quiet -C "$@"
}

# What Debian packages on disk depend on besides Vitrine's own, with commas between; of alternatives the first.
depends_of() {
    for package in "$@"; do
        dpkg-deb -f "$package" Depends | tr ',' '\n'
    done | sed 's/[(|].*//; s/[[:space:]]//g' | grep -v -e '^vitrine' -e '^$' | sort -u | paste -s -d , -
}
