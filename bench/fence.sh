#!/usr/bin/env bash
# The head row's fence beside a unique key's, on a PostgreSQL server of its own: see docs/adr/0002.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${PORT:-15438}
folder=$(mktemp -d)
trap 'scripts/postgres.sh stop "$folder" immediate; rm -rf "$folder"' EXIT
dotnet build bench -c Release -v quiet
scripts/postgres.sh start "$folder" "$port" $$
dotnet bench/bin/Release/net10.0/GuestSessions.Bench.dll fence \
  "Host=127.0.0.1;Port=$port;Username=sessions;Database=postgres"
