#!/usr/bin/env bash
# Make .venv and install LDM Desktop in it; `setup.sh dev` adds what the tests need.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

extra="${1:-}"
venv="$PWD/.venv"
# Whoever reads our standard output wants the program's words, not pip's.
exec >&2

fail() {
    echo "setup: $*"
    exit 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    local candidate
    for candidate in "${PYTHON:-python3}" python3.{14,13,12,11}; do
        if new_enough "$candidate"; then
            python="$candidate"
            return
        fi
    done
    fail "LDM Desktop needs Python 3.11 or newer: install it (Debian, Ubuntu: sudo apt install" \
        "python3), or name yours, as in PYTHON=/opt/python/bin/python3 bash packaging/linux/setup.sh."
}

install_system_packages() {
    local packages=() sudo=()
    # Debian ships `venv` without what it runs on.
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        packages+=("$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')")
    [ "${#packages[@]}" -gt 0 ] || return 0
    command -v apt-get >/dev/null || fail "please install ${packages[*]}, then try again."
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "as root, run: apt-get install ${packages[*]}"
        sudo=(sudo)
    fi
    echo "setup: installing ${packages[*]}"
    "${sudo[@]}" apt-get update -qq || true
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${packages[@]}" ||
        fail "the system packages ${packages[*]} could not be installed; the lines above say why."
}

install() {
    "$venv/bin/python" -m pip --disable-pip-version-check install \
        --constraint packaging/constraints.txt "$@" ||
        fail "the Python packages could not be installed; the lines above say why." \
            "If it is the network, try again when it is back: what is there already stays."
}

case "$extra" in
    "") target="." ;;
    dev) target=".[dev]" ;;
    *) fail "there is no extra '$extra': leave it out, or write dev." ;;
esac

# The folder counts, because a virtual environment does not survive being moved.
stamp="$(cat pyproject.toml packaging/constraints.txt packaging/linux/setup.sh <(echo "$PWD") |
    sha256sum | cut -d ' ' -f 1)"
is_installed() {
    [ "$(cat "$venv/installed-${extra:-plain}" 2>/dev/null)" = "$stamp" ] &&
        new_enough "$venv/bin/python"
}

if ! is_installed; then
    find_python
    install_system_packages
    if ! new_enough "$venv/bin/python" || [ "$(cat "$venv/folder" 2>/dev/null)" != "$PWD" ]; then
        echo "setup: making .venv with $("$python" --version)"
        "$python" -m venv --clear "$venv" || fail "the folder $venv could not be made."
        echo "$PWD" >"$venv/folder"
    fi
    echo "setup: installing LDM Desktop and what it needs; the first time takes a few minutes"
    # Without isolation the build, too, is made of what the constraints name.
    install hatchling
    install --no-build-isolation --editable "$target"
    # Development includes the rest.
    echo "$stamp" | tee "$venv/installed-plain" >"$venv/installed-${extra:-plain}"
fi
