#!/usr/bin/env bash
# Three times as much as can be stored: see README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
dotnet build src/Silo -c Release -v quiet
dotnet build bench -c Release -v quiet
others=()
[ "$(nproc)" -eq 1 ] || others=(taskset --cpu-list "1-$(($(nproc) - 1))") # the service gets the first core for itself
exec "${others[@]}" dotnet bench/bin/Release/net10.0/GuestSessions.Bench.dll overload \
  --silo "$PWD/src/Silo/bin/Release/net10.0/GuestSessions.Silo.dll" --rounds 8 --seconds 10 --warm-up 120 "$@"
