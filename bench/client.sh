#!/usr/bin/env bash
# The .NET client's buffer over the all-in-one on a PostgreSQL server of its own, delivery paused:
#   bench/client.sh [EVENTS] [--rounds N] [--silo PATH]
# The server listens at PORT (18620).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
events=100000
if [[ "${1:-}" =~ ^[0-9]+$ ]]; then events=$1; shift; fi
# shellcheck source=bench/server.sh
. bench/server.sh 18620
dotnet bench/bin/Release/net10.0/GuestSessions.Bench.dll client "$events" "$server" --silo "$silo" \
  --commit "$commit" --rounds 5 "$@"
