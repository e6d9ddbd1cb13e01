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

# What Qt needs to open a window, each with the Debian package that has it.
WINDOW_LIBRARIES="
    libEGL.so.1=libegl1                    libGL.so.1=libgl1
    libX11-xcb.so.1=libx11-xcb1            libdbus-1.so.3=libdbus-1-3
    libfontconfig.so.1=libfontconfig1      libglib-2.0.so.0=libglib2.0-0
    libgssapi_krb5.so.2=libgssapi-krb5-2   libwayland-cursor.so.0=libwayland-cursor0
    libxcb-cursor.so.0=libxcb-cursor0      libxcb-icccm.so.4=libxcb-icccm4
    libxcb-image.so.0=libxcb-image0        libxcb-keysyms.so.1=libxcb-keysyms1
    libxcb-randr.so.0=libxcb-randr0        libxcb-render-util.so.0=libxcb-render-util0
    libxcb-shape.so.0=libxcb-shape0        libxcb-shm.so.0=libxcb-shm0
    libxcb-sync.so.1=libxcb-sync1          libxcb-xfixes.so.0=libxcb-xfixes0
    libxcb-xkb.so.1=libxcb-xkb1            libxkbcommon.so.0=libxkbcommon0
    libxkbcommon-x11.so.0=libxkbcommon-x11-0
"
# What tests in a real window need: a screen, keys, pictures of it, a bus, accessibility.
DEVELOPMENT_COMMANDS="
    Xvfb=xvfb   xauth=xauth   xdotool=xdotool   import=imagemagick   dbus-daemon=dbus-daemon
    /usr/libexec/at-spi-bus-launcher=at-spi2-core
"

find_missing() {
    local known pair
    missing_for_python=() missing_for_window=() missing_for_tests=()
    # Debian ships `venv` without what it runs on.
    "$python" -c 'import ensurepip, venv' 2>/dev/null || missing_for_python+=(
        "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')")
    known="$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)"
    for pair in $WINDOW_LIBRARIES; do
        [[ $known == *"${pair%%=*} "* ]] || missing_for_window+=("${pair#*=}")
    done
    if [ -z "$(find /usr/share/fonts /usr/local/share/fonts "${HOME:-/root}/.local/share/fonts" \
        \( -name '*.ttf' -o -name '*.otf' -o -name '*.ttc' \) -print -quit 2>/dev/null)" ]; then
        missing_for_window+=(fonts-dejavu-core)
    fi
    [ "$extra" = dev ] || return 0
    for pair in $DEVELOPMENT_COMMANDS; do
        command -v "${pair%%=*}" >/dev/null || missing_for_tests+=("${pair#*=}")
    done
}

install_system_packages() {
    local packages sudo=()
    find_missing
    packages=("${missing_for_python[@]}" "${missing_for_window[@]}" "${missing_for_tests[@]}")
    [ "${#packages[@]}" -gt 0 ] || return 0
    command -v apt-get >/dev/null || { lack "please install what Debian calls"; return 0; }
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { lack "as root, run: apt-get install"; return 0; }
        sudo=(sudo)
    fi
    echo "setup: installing ${packages[*]}"
    "${sudo[@]}" apt-get update -qq || true
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${packages[@]}" ||
        lack "these could not be installed (the lines above say why):"
}

# Without a window there are still the commands; without the rest nothing works.
lack() {
    local needed=("${missing_for_python[@]}" "${missing_for_tests[@]}")
    [ "${#needed[@]}" -eq 0 ] || fail "$1 ${needed[*]} ${missing_for_window[*]}"
    echo "setup: for the window, $1 ${missing_for_window[*]}; the commands work without."
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
