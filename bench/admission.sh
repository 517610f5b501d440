#!/usr/bin/env bash
# Laws for the number of requests in flight, compared in simulated time: see README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
dotnet build bench -c Release -v quiet
exec dotnet bench/bin/Release/net10.0/GuestSessions.Bench.dll admission \
  bench/results/service-times-2026-11-29.txt bench/results/admission-2026-11-29.md docs/admission.svg
