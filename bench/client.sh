#!/usr/bin/env bash
# The .NET client's buffer over the all-in-one on a PostgreSQL server of its own, delivery paused:
#   bench/client.sh [EVENTS] [--rounds N] [--silo PATH]
# The server listens at PORT (18620).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
port=${PORT:-18620}
events=100000
if [[ "${1:-}" =~ ^[0-9]+$ ]]; then events=$1; shift; fi
folder=$(mktemp -d)
chmod 755 "$folder" # PostgreSQL runs as a user of its own
trap 'scripts/postgres.sh stop "$folder/postgres" immediate; rm -rf "$folder"' EXIT
dotnet build src/Silo -c Release -v quiet
dotnet build bench -c Release -v quiet
scripts/postgres.sh start "$folder/postgres" "$port" $$
dotnet bench/bin/Release/net10.0/GuestSessions.Bench.dll client "$events" \
  "Host=127.0.0.1;Port=$port;Username=sessions;Database=postgres" \
  --silo "$PWD/src/Silo/bin/Release/net10.0/GuestSessions.Silo.dll" \
  --commit "$(git rev-parse --short HEAD 2>/dev/null || echo unknown)" --rounds 5 "$@"
