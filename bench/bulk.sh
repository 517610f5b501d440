#!/usr/bin/env bash
# NDJSON on a PostgreSQL server of its own: delivery paused, delivering, and guests that were never seen.
#   bench/bulk.sh [--rounds N] [--seconds N] [--warm-up N] [--guests N] [--silo PATH]
# The server listens at PORT (18600).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
port=${PORT:-18600}
folder=$(mktemp -d)
chmod 755 "$folder" # PostgreSQL runs as a user of its own
trap 'scripts/postgres.sh stop "$folder/postgres" immediate; rm -rf "$folder"' EXIT
dotnet build src/Silo -c Release -v quiet
dotnet build bench -c Release -v quiet
scripts/postgres.sh start "$folder/postgres" "$port" $$
dotnet bench/bin/Release/net10.0/GuestSessions.Bench.dll bulk \
  "Host=127.0.0.1;Port=$port;Username=sessions;Database=postgres" "$(head -n 1 "$folder/postgres/data/postmaster.pid")" \
  --silo "$PWD/src/Silo/bin/Release/net10.0/GuestSessions.Silo.dll" \
  --commit "$(git rev-parse --short HEAD 2>/dev/null || echo unknown)" --rounds 1 --guests 10000 "$@"
