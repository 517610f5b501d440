#!/usr/bin/env bash
# The service beside the baseline, in one run. Options go to the benchmark: --seconds N --rounds N --guests N --connections N
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build src/Silo -c Release -v quiet
dotnet build bench -c Release -v quiet
exec dotnet bench/bin/Release/net10.0/GuestSessions.Bench.dll run \
  --silo "$PWD/src/Silo/bin/Release/net10.0/GuestSessions.Silo.dll" "$@"
