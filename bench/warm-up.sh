#!/usr/bin/env bash
# What is delivered in each of the first seconds after a restart, built and published, and with the runtime's defaults:
#   bench/warm-up.sh [ROUNDS]
# The server listens at PORT (18610).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=bench/server.sh
. bench/server.sh 18610
git diff --quiet -- '*packages.lock.json' && locks=kept || locks=changed # Publishing adds what this platform needs.
dotnet publish src/Silo -c Release -v quiet -o "$folder/published"
[ "$locks" = changed ] || git checkout -q -- '*packages.lock.json'

measure() { # NAME SILO
  psql -q "host=127.0.0.1 port=$port user=sessions dbname=postgres" \
    -c "SET client_min_messages TO warning" -c "DROP DATABASE IF EXISTS bench" -c "CREATE DATABASE bench"
  dotnet bench/bin/Release/net10.0/GuestSessions.Bench.dll warm-up "$1" "${server%=*}=bench" --silo "$2" --guests 10000 --seconds 40
}

echo "# The first seconds, $(date +%F), commit $commit"
echo
echo "64 callers in closed loop from the moment the service is ready, 10,000 guests that are stored, PostgreSQL, everything delivered."
echo
echo "| service | ready after s | thousands delivered in each second | warm, events/s | first 5 s, events/s | share |"
echo "|---|---:|---|---:|---:|---:|"
for _ in $(seq "${1:-1}"); do
  # Milliseconds and calls, in hexadecimal.
  DOTNET_TieredPGO=1 DOTNET_TC_CallCountingDelayMs=64 DOTNET_TC_CallCountThreshold=1E measure "built, the runtime's defaults" "$silo"
  measure built "$silo"
  measure published "$folder/published/GuestSessions.Silo.dll"
done
