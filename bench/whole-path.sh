#!/usr/bin/env bash
# The whole path on a PostgreSQL server of its own: the service, the floor and what a team would build first, in turns:
#   bench/whole-path.sh [--rounds N] [--seconds N] [--warm-up N] [--guests N] [--results FOLDER] [--readme FILE]
# The server listens at PORT (18660).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=bench/server.sh
. bench/server.sh 18660
dotnet bench/bin/Release/net10.0/GuestSessions.Bench.dll whole-path "$server" "$(head -n 1 "$folder/postgres/data/postmaster.pid")" \
  --silo "$silo" --commit "$commit" --guests 10000 --rounds 6 --seconds 5 --warm-up 25 "$@"
