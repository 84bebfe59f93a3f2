#!/bin/sh
# Dumps the database of PGHOST to BACKUP_FOLDER, verifies the file, and leaves the newest 14.
set -eu
umask 077
cd "$BACKUP_FOLDER"
trap 'rm -f .partial' EXIT
pg_dump --format=custom --file=.partial
pg_restore --file=/dev/null .partial
mv .partial "weapp-passport-$(date -u +%Y-%m-%dT%H%M%SZ).dump"
find . -name 'weapp-passport-*.dump' | sort | head -n -14 | xargs -r rm
