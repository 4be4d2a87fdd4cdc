#!/bin/sh
# `gazette` in the container. Its folders are the image's, whatever the environment says: the env file of a bot that
# ran outside names paths that are not in here.
set -eu

if ! cd /data || ! [ -w . ]; then
  echo "gazette: User $(id -u) may not write to what is mounted as /data. Give it the folder: chown $(id -u) FOLDER" >&2
  exit 2
fi
unset articles_dir database_url  # the settings' names count in lower case too
export ARTICLES_DIR=/data/inbox DATABASE_URL=sqlite:////data/gazette.db
mkdir -p "$ARTICLES_DIR"  # a folder that was mounted as /data may be empty
exec /app/.venv/bin/gazette "$@"
