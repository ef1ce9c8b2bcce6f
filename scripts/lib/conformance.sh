# shellcheck shell=bash
# The Python environment of Tests/Conformance, and a run of it. Sourced after prerequisites.sh, never run.

# A virtual environment in .build/conformance, made anew when the list of packages changes.
make_conformance_environment() {
    local list=Tests/Conformance/requirements.txt home="$PWD/.build/conformance" python
    conformance_python="$home/bin/python"
    if [ -x "$conformance_python" ] && cmp -s "$list" "$home/requirements.txt"; then return 0; fi
    python=$(python_with_venv) || fail "No Python 3.10 or newer with venv." "On Debian: apt-get install python3-venv"
    rm -rf "$home"
    mkdir -p .build
    say "Installing the clients to test with, from PyPI"
    "$python" -m venv "$home"
    "$conformance_python" -m pip install --quiet --disable-pip-version-check --no-input --requirement "$list" ||
        fail "pip could not install the packages of $list." "Is PyPI reachable? The lines above say what failed."
    cp "$list" "$home/requirements.txt"
}

# run_conformance FOLDER ARGUMENT...: pytest on the debug binary; its JUnit report and temporary files go to FOLDER.
run_conformance() {
    local folder=$1
    shift
    SLUICE_BIN=${SLUICE_BIN:-"$(swift build --show-bin-path)/sluice"}
    SLUICE_CHROMIUM=$(chromium_path)
    SLUICE_SCREENSHOTS=${SLUICE_SCREENSHOTS:-"$PWD/.build/screenshots"}
    export SLUICE_BIN SLUICE_CHROMIUM SLUICE_SCREENSHOTS
    PYTHONDONTWRITEBYTECODE=1 "$conformance_python" -m pytest -c Tests/Conformance/pytest.ini Tests/Conformance \
        --basetemp="$folder/pytest" --junitxml="$folder/conformance.xml" "$@"
}
