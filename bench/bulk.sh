#!/usr/bin/env bash
# NDJSON on a PostgreSQL server of its own: delivery paused and delivering, guests in turn and sorted, and guests that were never seen.
#   bench/bulk.sh [--rounds N] [--seconds N] [--warm-up N] [--guests N] [--silo PATH]
# The server listens at PORT (18600).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=bench/server.sh
. bench/server.sh 18600
dotnet bench/bin/Release/net10.0/GuestSessions.Bench.dll bulk "$server" "$(head -n 1 "$folder/postgres/data/postmaster.pid")" \
  --silo "$silo" --commit "$commit" --rounds 1 --guests 10000 "$@"
