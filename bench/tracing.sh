#!/usr/bin/env bash
# What traces cost: nothing exported, metrics alone, 1 % and all of the requests traced, on a PostgreSQL server of its own:
#   bench/tracing.sh [--rounds N] [--seconds N] [--warm-up N] [--guests N] [--connections N]
# The server listens at PORT (18650).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=bench/server.sh
. bench/server.sh 18650
dotnet bench/bin/Release/net10.0/GuestSessions.Bench.dll tracing "$server" --silo "$silo" --commit "$commit" \
  --guests 10000 --rounds 24 --seconds 3 --warm-up 20 "$@"
