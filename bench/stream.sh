#!/usr/bin/env bash
# A million NDJSON lines over 50,000 guests on one stream, every answer checked, and single POST beside it:
#   bench/stream.sh [LINES] [--guests N] [--seconds N] [--warm-up N]
set -euo pipefail
cd "$(dirname "$0")/.."
lines=1000000
if [[ "${1:-}" =~ ^[0-9]+$ ]]; then lines=$1; shift; fi
dotnet build src/Silo -c Release -v quiet
dotnet build bench -c Release -v quiet
exec dotnet bench/bin/Release/net10.0/GuestSessions.Bench.dll stream "$lines" \
  --silo "$PWD/src/Silo/bin/Release/net10.0/GuestSessions.Silo.dll" \
  --commit "$(git rev-parse --short HEAD 2>/dev/null || echo unknown)" --guests 50000 "$@"
