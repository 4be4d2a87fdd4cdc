#!/bin/sh
# Creates .venv with the dependencies that the lock file named in $1 pins. Called by make.
set -eu

lock=$1

newest_python() {
  for python in "${PYTHON:-}" python3.13 python3.12 python3.14 python3; do
    [ -n "$python" ] || continue
    if "$python" -c 'import sys, venv; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; then
      "$python" -c 'import sys; print(sys.executable)'
      return
    fi
  done
  echo "Gazette needs Python 3.12 or newer, and none was found. Install one, or name it: make setup PYTHON=/path/to/python" >&2
  exit 1
}

python=$(newest_python)
build_tools=$(mktemp)
trap 'rm -f "$build_tools"' EXIT
# Some dependencies come as source: what builds them is pinned in the same lock and must be there first.
awk '/^setuptools==/ {on = 1} on {print} on && !/\\$/ {exit}' "$lock" >"$build_tools"

echo "Setting up .venv with $("$python" --version); the first time takes a minute or two."
if command -v uv >/dev/null 2>&1; then
  # As pip does: trust what the system trusts, such as a company's proxy. (The second is the older name.)
  export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}" UV_NATIVE_TLS="${UV_NATIVE_TLS:-true}"
  [ -x .venv/bin/python ] || uv venv --quiet --seed --python "$python" .venv
  install() { VIRTUAL_ENV=.venv uv pip install --quiet --no-build-isolation "$@"; }
else
  [ -x .venv/bin/pip ] || "$python" -m venv .venv
  install() { .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation "$@"; }
fi
install --require-hashes -r "$build_tools"
install --require-hashes -r "$lock"
install --no-deps -e .
