#!/usr/bin/env bash
# What is delivered in each of the first seconds, built and published, with and without a profile of the methods:
#   bench/warm-up.sh [ROUNDS]
# A PostgreSQL server of its own listens at PORT (18610).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
port=${PORT:-18610}
folder=$(mktemp -d)
chmod 755 "$folder" # PostgreSQL runs as a user of its own
trap 'scripts/postgres.sh stop "$folder/postgres" immediate; rm -rf "$folder"' EXIT
git diff --quiet -- "*packages.lock.json" && locks=0 || locks=1 # Publishing adds what this platform needs.
dotnet publish src/Silo -c Release -v quiet -o "$folder/published"
[ "$locks" = 1 ] || git checkout -q -- '*packages.lock.json'
dotnet build src/Silo -c Release -v quiet
dotnet build bench -c Release -v quiet
scripts/postgres.sh start "$folder/postgres" "$port" $$
server="host=127.0.0.1 port=$port user=sessions dbname=postgres"

measure() { # NAME SILO
  psql -q "$server" -c "SET client_min_messages TO warning" -c "DROP DATABASE IF EXISTS bench" -c "CREATE DATABASE bench"
  dotnet bench/bin/Release/net10.0/GuestSessions.Bench.dll warm-up "$1" \
    "Host=127.0.0.1;Port=$port;Username=sessions;Database=bench" --silo "$2" --guests 10000 --seconds 40
}

echo "# The first seconds, $(date +%F), commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown)"
echo
echo "64 callers in closed loop from the moment the service is ready, 10,000 guests, PostgreSQL, everything delivered."
echo
echo "| service | ready after s | thousands delivered in each second | warm, events/s | first 5 s, events/s | share |"
echo "|---|---:|---|---:|---:|---:|"
for _ in $(seq "${1:-1}"); do
  DOTNET_TieredPGO=1 DOTNET_TC_CallCountingDelayMs=100 measure "built, the runtime's defaults" "$PWD/src/Silo/bin/Release/net10.0/GuestSessions.Silo.dll"
  measure built "$PWD/src/Silo/bin/Release/net10.0/GuestSessions.Silo.dll"
  measure published "$folder/published/GuestSessions.Silo.dll"
done
