#!/usr/bin/env bash
# Rewrites requirements.txt and requirements-test.txt: every package, exactly one version.
#
#   scripts/lock.sh              move a pin only where pyproject.toml asks for it
#   scripts/lock.sh --upgrade    move every pin to the newest version that fits
#
# One resolution serves Python 3.11 and later on every system; where a package is needed on some
# of them only, its line says so. The resolver (uv) lives in a throw-away environment: nothing
# else here needs it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
"${PYTHON:-python3}" -m venv "$tmp/venv"
"$tmp/venv/bin/python" -m pip install --quiet --disable-pip-version-check uv

# $1 the file of pins, kept where they still fit and then rewritten; the rest says what to
# resolve. setuptools is no dependency, but with it in place `-e .` builds without a download.
resolve() {
    local pins=$1
    shift
    "$tmp/venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --no-header \
        --annotation-style line --no-emit-index-url --no-emit-find-links \
        --output-file "$pins" "$@" pyproject.toml - <<<'setuptools>=77' >/dev/null
}

# Lines up the comments, and says "counterweight" and "the gate" where uv names files.
tidy() {
    awk -F '  +# via ' '{
        gsub(/(, )?-c [^ ,]*/, "", $2)
        gsub(/counterweight \(pyproject.toml:test\)|pyproject.toml:test/, "the gate", $2)
        gsub(/counterweight \(the gate\)/, "the gate", $2)
        gsub(/counterweight \(pyproject.toml\)/, "counterweight", $2)
        if ($1 ~ /^setuptools==/) $2 = "the build of -e . below"
        printf "%-32s # via %s\n", $1, $2
    }'
}

# Both start from the pins on disk. The second holds everything, run-time pins included, so that
# one version suits both; what requirements.txt has is then left out of requirements-test.txt.
cat requirements.txt requirements-test.txt 2>/dev/null | grep -v '^-e' >"$tmp/all.txt" || true
grep -v '^-e' requirements.txt >"$tmp/run.txt" 2>/dev/null || true
resolve "$tmp/run.txt" "$@"
resolve "$tmp/all.txt" "$@" --constraints "$tmp/run.txt" --group pyproject.toml:test

{
    cat <<'TEXT'
# What Counterweight runs on, every version fixed. Python 3.11 or later.
#     python -m pip install -r requirements.txt
# Made from the ranges in pyproject.toml; do not edit by hand. To refresh:
#     scripts/lock.sh              after a change in pyproject.toml
#     scripts/lock.sh --upgrade    to take the newest versions
TEXT
    tidy <"$tmp/run.txt"
    cat <<'TEXT'

# Counterweight itself, as it lies in this folder: without it `streamlit run dashboard/app.py`
# could not import the package.
-e .
TEXT
} >requirements.txt

{
    cat <<'TEXT'
# What the gate (`make test`) needs besides requirements.txt, every version fixed.
#     python -m pip install -r requirements.txt -r requirements-test.txt
# Made from the group "test" in pyproject.toml; do not edit by hand. To refresh:
#     scripts/lock.sh [--upgrade]
TEXT
    awk 'NR == FNR { run[$1]; next } !($1 in run)' "$tmp/run.txt" "$tmp/all.txt" | tidy
} >requirements-test.txt
