#!/bin/sh
# Puts what Gazette is measured beside into .bench/peers. Called by make bench.
set -eu

peers=.bench/peers
lock=benchmarks/requirements.lock

rm -rf "$peers"
echo "Installing what Gazette is measured beside into $peers; the first time takes a minute."
if command -v uv >/dev/null 2>&1; then
  export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}" UV_NATIVE_TLS="${UV_NATIVE_TLS:-true}"
  uv pip install --quiet --python .venv/bin/python --target "$peers" --no-build-isolation --require-hashes -r "$lock"
else
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --target "$peers" --no-build-isolation \
    --require-hashes -r "$lock"
fi
