#!/usr/bin/env bash
# Ten million events through the all-in-one on a PostgreSQL server of its own, each checked for its turn, with curves of memory:
#   bench/endurance.sh [EVENTS] [--guests N]
# Writes results/endurance-<date>.svg and .csv. The server listens at PORT (18500).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
events=10000000
if [[ "${1:-}" =~ ^[0-9]+$ ]]; then events=$1; shift; fi
port=${PORT:-18500}
folder=$(mktemp -d)
chmod 755 "$folder" # PostgreSQL runs as a user of its own
trap 'scripts/postgres.sh stop "$folder/postgres" immediate; rm -rf "$folder"' EXIT
dotnet build src/Silo -c Release -v quiet
dotnet build bench -c Release -v quiet
mkdir -p bench/results
scripts/postgres.sh start "$folder/postgres" "$port" $$
dotnet bench/bin/Release/net10.0/GuestSessions.Bench.dll endurance "$events" \
  "Host=127.0.0.1;Port=$port;Username=sessions;Database=postgres" "$PWD/bench/results/endurance-$(date +%F)" \
  --silo "$PWD/src/Silo/bin/Release/net10.0/GuestSessions.Silo.dll" \
  --commit "$(git rev-parse --short HEAD 2>/dev/null || echo unknown)" --guests 500000 "$@"
