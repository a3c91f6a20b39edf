#!/bin/sh
# Makes .venv and installs into it from the locks. Called by make: `scripts/setup.sh run|test|bench`.
#   run   the virtual environment, uv, the run-time parts and the project itself (editable)
#   test  the parts that tests and checks need, into the environment that `run` made
#   bench the solvers that `make bench` sets the engine beside, into the same environment
# Everything is pinned with hashes. What the system lacks is installed where that can be
# done (root on a machine with apt-get); else a sentence says what is missing.
set -eu
cd "$(dirname "$0")/.."
PATH="$PATH:/usr/sbin:/sbin"
export PATH

venv=.venv
unreached="that failed (see above). If the Python package index was not reached, mend that, then run 'make' again: it goes on where it stopped."
say() { printf 'setup: %s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

install() { # PACKAGE WHAT_FOR: brings a system package, or says how to get it
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    stop "$2 is missing. On Debian or Ubuntu run 'apt-get install $1' as root, then 'make setup' again."
  fi
  say "$2 is missing; apt-get installs $1"
  log=$(mktemp)
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
    apt-get install -qq -y --no-install-recommends "$1"; } >"$log" 2>&1 </dev/null || {
      tail -n 5 "$log" >&2
      rm -f "$log"
      stop "apt-get could not install $1. Install it by hand, then run 'make setup' again."
    }
  rm -f "$log"
}

find_python() { # sets $python to the first Python of 3.11 or newer
  for python in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
  done
  return 1
}

certificates() { # prints where Python's TLS finds the system's certificates; fails if there are none
  "$python" -c '
import os, ssl, sys
paths = ssl.get_default_verify_paths()
print(paths.cafile or "")
sys.exit(not (paths.cafile or (paths.capath and os.listdir(paths.capath))))'
}

make_venv() {
  find_python || install python3 "Python 3.11 or newer"
  find_python || stop "Python 3.11 or newer is missing and this system's packages have none. Install one and name it: make setup PYTHON=/path/to/python3."
  "$python" -c 'import ensurepip, venv' 2>/dev/null ||
    install "$("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')" "Python's venv module"
  certificates >/dev/null || install ca-certificates "The system's list of certificates (TLS)"
  say "making $venv with $("$python" -V)"
  rm -rf "$venv"
  "$python" -m venv "$venv" ||
    stop "$python -m venv failed (see above). Name another Python: make setup PYTHON=/path/to/python3."
}

get_uv() { # pip, once, for uv alone
  say "getting uv"
  cafile=$(certificates)
  [ -z "$cafile" ] || export PIP_CERT="${PIP_CERT:-$cafile}"
  "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input --retries 2 \
    --no-deps --only-binary :all: --require-hashes -r requirements/bootstrap.txt || stop "$unreached"
}

uv_install() {
  UV_SYSTEM_CERTS=1 UV_PYTHON_DOWNLOADS=never "$venv/bin/uv" pip install --quiet \
    --python "$venv/bin/python" --compile-bytecode "$@" || stop "$unreached"
}

case "${1-}" in
  run)
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 || make_venv
    python="$venv/bin/python"
    get_uv
    say "installing the run-time parts"
    uv_install --require-hashes --no-build -r requirements/run.txt
    uv_install --no-deps --no-build-isolation --editable .
    say "done: $venv/bin/partage"
    ;;
  test)
    say "installing the parts for tests and checks"
    uv_install --require-hashes --no-build -r requirements/test.txt
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null ||
      command -v google-chrome >/dev/null || install chromium "Chromium, for the tests of the pages,"
    ;;
  bench)
    say "installing the solvers to measure beside"
    uv_install --require-hashes --no-build -r requirements/bench.txt
    ;;
  *) stop "say 'run', 'test' or 'bench'." ;;
esac
