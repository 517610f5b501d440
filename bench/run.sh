#!/usr/bin/env bash
# The service beside the baseline, in one run: see README.md for the options and for how to read the figures.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build src/Silo -c Release -v quiet
dotnet build bench -c Release -v quiet
mkdir -p bench/results
exec dotnet bench/bin/Release/net10.0/GuestSessions.Bench.dll run \
  --silo "$PWD/src/Silo/bin/Release/net10.0/GuestSessions.Silo.dll" \
  --results "$PWD/bench/results" --commit "$(git rev-parse --short HEAD 2>/dev/null || echo unknown)" "$@"
