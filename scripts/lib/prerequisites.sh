# shellcheck shell=bash
# What the other scripts need on the machine: Swift, and Debian packages. Sourced, never run.

say() { printf '==> %s\n' "$*"; }

fail() {
    printf 'error: %s\n' "$1" >&2
    shift
    for line in "$@"; do printf '       %s\n' "$line" >&2; done
    exit 1
}

# SwiftPM, pip and Chromium keep caches below HOME. Without a usable one they would fail late and unclearly.
need_home() {
    if [ -z "${HOME:-}" ] || [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then
        HOME="$PWD/.build/home"
        mkdir -p "$HOME"
        export HOME
    fi
}

# Swift 6.3 or newer on PATH.
need_swift() {
    command -v swift >/dev/null 2>&1 || fail "Swift is not on PATH." \
        "Sluice needs Swift 6.3 or newer: https://www.swift.org/install/linux/" \
        "Install it, make sure that 'swift --version' works, and run this command again."
    local said major minor
    said=$(swift --version 2>/dev/null) || said=""
    [[ $said =~ Swift\ version\ ([0-9]+)\.([0-9]+) ]] || fail "'swift --version' did not say a version." \
        "Run it by hand: the toolchain may be damaged."
    major=${BASH_REMATCH[1]}
    minor=${BASH_REMATCH[2]}
    if [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 3 ]; }; then
        fail "Swift $major.$minor is too old." "Sluice needs Swift 6.3 or newer: https://www.swift.org/install/linux/"
    fi
}

missing_packages=()

# need PACKAGE COMMAND...: PACKAGE goes on the list unless COMMAND succeeds.
need() {
    local package=$1
    shift
    "$@" >/dev/null 2>&1 || missing_packages+=("$package")
}

# What `swift build` needs beside the toolchain itself.
need_build_packages() {
    need ca-certificates test -e /etc/ssl/certs/ca-certificates.crt
    need git command -v git
    need g++ test -d /usr/include/c++
    need pkg-config command -v pkg-config
    need libargon2-dev test -e /usr/include/argon2.h
    need libsqlite3-dev test -e /usr/include/sqlite3.h
}

has_python() { python_with_venv >/dev/null; }

# The first Python that can make a virtual environment.
python_with_venv() {
    local candidate
    for candidate in python3 /usr/bin/python3; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

has_php_curl() { php -r 'exit(extension_loaded("curl") ? 0 : 1);'; }

chromium_path() {
    local candidate
    for candidate in "${SLUICE_CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
        if [ -n "$candidate" ] && [ -x "$candidate" ]; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

# What the conformance suite needs on top.
need_test_packages() {
    need curl command -v curl
    need jq command -v jq
    need openssl command -v openssl
    need python3 command -v python3
    need python3-venv has_python
    need nodejs command -v node
    need php-cli command -v php
    need php-curl has_php_curl
    need chromium chromium_path
    need fonts-liberation test -d /usr/share/fonts/truetype
}

# Installs what `need` found missing: by apt where there is one, else it says what to install.
install_missing_packages() {
    [ "${#missing_packages[@]}" -gt 0 ] || return 0
    local list="${missing_packages[*]}"
    if ! command -v apt-get >/dev/null 2>&1; then
        fail "These are missing: $list" \
            "(names as Debian has them). This system has no apt-get, so install their equivalents by hand," \
            "for example on Fedora: gcc-c++ pkgconf libargon2-devel sqlite-devel" \
            "and for the tests: python3 nodejs php-cli chromium curl jq openssl. Then run this command again."
    fi
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            fail "These Debian packages are missing: $list" \
                "You are not root and there is no sudo. Ask somebody who is to run:" "  apt-get install $list"
        fi
        as_root=(sudo)
        # Without a terminal nobody can type a password: fail at once instead of hanging.
        [ -t 0 ] || as_root=(sudo -n)
    fi
    say "Installing Debian packages: $list"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=300)
    "${apt[@]}" update </dev/null >/dev/null || say "apt-get update failed; trying with the package lists at hand"
    "${apt[@]}" install --no-install-recommends "${missing_packages[@]}" </dev/null >/dev/null || fail \
        "apt-get could not install: $list" "Install them by hand and run this command again."
    missing_packages=()
}

# build CONFIGURATION ARGUMENT...: `swift build`, with the time it took.
build() {
    local configuration=$1
    shift
    # SwiftPM writes the traits of a dependency into the compiler's command line in the order of a hashed set: without this every
    # other run finds them in another order, and compiles Hummingbird and all that stands on it again.
    export SWIFT_DETERMINISTIC_HASHING=1
    if [ ! -d ".build/$configuration" ]; then
        say "Building ($configuration). The first build fetches and compiles the dependencies: some 5 to 15 minutes."
    else
        say "Building ($configuration)"
    fi
    local started=$SECONDS
    swift build -c "$configuration" "$@" || fail "The build failed after $((SECONDS - started)) s." \
        "The compiler's messages above say where."
    say "Built in $((SECONDS - started)) s"
}
