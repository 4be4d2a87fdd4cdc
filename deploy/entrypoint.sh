#!/bin/sh
# `gazette` in the container. Its folders are the image's, whatever the environment says: an env file of a bot that
# ran outside names paths that are not in here.
set -eu

cd /data
unset articles_dir database_url  # the settings' names count in lower case too
export ARTICLES_DIR=/data/inbox DATABASE_URL=sqlite:////data/gazette.db
# A folder that was mounted as /data may be empty. If it cannot be made, the program says so.
[ -d "$ARTICLES_DIR" ] || mkdir "$ARTICLES_DIR" 2>/dev/null || true
exec /app/.venv/bin/gazette "$@"
