#!/usr/bin/env bash
# Makes this checkout ready, and does nothing where it already is.
#
#   scripts/setup.sh run     .venv with what the dashboard needs
#   scripts/setup.sh test    and what the gate needs, a browser among it
#
# PYTHON=... picks the Python to build with; without it the newest that is here and new enough.
# COUNTERWEIGHT_REQUIRE_BROWSER=1 makes a missing browser an error instead of a skipped test.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

venv=.venv
log=$venv.log # beside the environment: it has to outlive a broken one

say() { printf '%s\n' "$*" >&2; }
fail() {
    say "$@"
    exit 1
}

# Runs a command as root where that needs no password, else fails.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

# Installs Debian packages, or fails without a word: the caller says what to type instead.
apt_install() {
    command -v apt-get >/dev/null || return 1
    as_root true || return 1
    say "Installing $* ..."
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120)
    as_root "${apt[@]}" update >>"$log" 2>&1 || true # stale lists may still do
    as_root "${apt[@]}" install --no-install-recommends "$@" >>"$log" 2>&1
}

# ------------------------------------------------------------------------------ Python

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
can_make_venv() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

# Prints the first Python that is new enough and passes the test in $1. Asking it is the only way
# to know: a command of the right name may be a stub for a version that is not there.
find_python() {
    local name
    for name in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
        if command -v "$name" >/dev/null && new_enough "$name" && "$1" "$name"; then
            printf '%s\n' "$name"
            return
        fi
    done
    return 1
}

# Debian and Ubuntu ship Python without the part that makes environments.
python_with_venv() {
    find_python can_make_venv && return
    local bare
    if bare=$(find_python true); then
        local package
        package=$("$bare" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        apt_install "$package" || apt_install python3-venv ||
            fail "$bare cannot make virtual environments. Type: sudo apt-get install $package"
    else
        [ -z "${PYTHON:-}" ] || fail "PYTHON=$PYTHON is not Python 3.11 or newer."
        apt_install python3 python3-venv || fail "Counterweight needs Python 3.11 or newer with" \
            "its venv module. Type: sudo apt-get install python3 python3-venv"
    fi
    find_python can_make_venv || fail "Counterweight needs Python 3.11 or newer; the newest here" \
        "is $(python3 --version 2>&1). Install a newer one, or name one: PYTHON=/path/to/python3"
}

# ------------------------------------------------------------------------------ packages

# What an environment was made from. The folder is part of it: scripts inside carry its path.
fingerprint() {
    { pwd -P && "$venv/bin/python" --version && cat /dev/null "$@"; } 2>/dev/null | cksum
}
is_current() { [ "$(fingerprint "${@:2}")" = "$(cat "$venv/.made-of-$1" 2>/dev/null)" ]; }
remember() { fingerprint "${@:2}" >"$venv/.made-of-$1"; }

pip_install() {
    PIP_USER=0 "$venv/bin/python" -m pip --disable-pip-version-check --no-input \
        install --quiet "$@" >>"$log" 2>&1 || {
        tail -n 25 "$log" >&2
        fail "The packages could not be installed; $log holds the whole story."
    }
}

make_environment() {
    # One made elsewhere, half made or of a Python that is gone cannot be mended.
    if ! is_current folder || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        local python
        python=$(python_with_venv)
        say "Making $venv with $("$python" --version) ..."
        "$python" -m venv --clear "$venv" >>"$log" 2>&1 || fail "$venv could not be made; see $log."
        remember folder
    fi
}

install_packages() {
    if ! is_current run requirements.txt; then
        say "Installing what the dashboard needs (a minute or two the first time) ..."
        # "-e ." is left for below, where it builds with the setuptools that is installed here
        # and needs no network.
        grep -v '^-e' requirements.txt >"$venv/requirements.txt"
        pip_install -r "$venv/requirements.txt"
        remember run requirements.txt
    fi
    if ! is_current self requirements.txt pyproject.toml; then
        pip_install --no-build-isolation --no-deps -e .
        remember self requirements.txt pyproject.toml
    fi
    if [ "$1" = test ] && ! is_current test requirements.txt requirements-test.txt; then
        say "Installing what the gate needs ..."
        pip_install -r "$venv/requirements.txt" -r requirements-test.txt
        remember test requirements.txt requirements-test.txt
    fi
}

# ------------------------------------------------------------------------------ browser

find_browser() { "$venv/bin/python" -m tests.e2e.browser; }

# The tests that drive a browser skip without one, so its absence is news, not an error.
install_browser() {
    find_browser >/dev/null 2>&1 && return
    # Ubuntu's packages of that name only fetch a snap, which cannot be relied on here. The
    # library is what Playwright's own program needs and a bare Debian lacks.
    grep -qs '^ID=ubuntu' /etc/os-release || apt_install chromium fonts-liberation libatomic1 || true
    local reason
    if ! reason=$(find_browser 2>&1); then
        [ "${COUNTERWEIGHT_REQUIRE_BROWSER:-}" != 1 ] || fail "$reason"
        say "$reason" "The tests marked 'browser' will be skipped."
    fi
}

# ------------------------------------------------------------------------------

what=${1:-}
case $what in
run | test) ;;
*) fail "Usage: scripts/setup.sh run|test" ;;
esac

: >"$log"
# Two at once would tread on each other; the second waits and then finds all done.
if command -v flock >/dev/null; then
    exec 9>"$venv.lock"
    flock 9
fi
make_environment
install_packages "$what"
[ "$what" = run ] || install_browser
