#!/usr/bin/env bash
# Ten million events through the all-in-one on a PostgreSQL server of its own, each checked for its turn, with curves of memory:
#   bench/endurance.sh [EVENTS] [--guests N]
# Writes results/endurance-<date>.svg and .csv. The server listens at PORT (18500).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
events=10000000
if [[ "${1:-}" =~ ^[0-9]+$ ]]; then events=$1; shift; fi
# shellcheck source=bench/server.sh
. bench/server.sh 18500
mkdir -p bench/results
dotnet bench/bin/Release/net10.0/GuestSessions.Bench.dll endurance "$events" \
  "$server" "$PWD/bench/results/endurance-$(date +%F)" \
  --silo "$silo" --commit "$commit" --guests 500000 "$@"
