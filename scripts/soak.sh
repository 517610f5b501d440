#!/usr/bin/env bash
# Kills the all-in-one under load again and again, checks the history, and prints the figures.
#   KILLS=500 SECONDS_OF_LOAD=3600 GUESTS=200 SEED=7 scripts/soak.sh
# The same test as in every run of the tests, only longer. Fails when an invariant is violated.
set -euo pipefail
cd "$(dirname "$0")/.."

export KILLS="${KILLS:-50}" SECONDS_OF_LOAD="${SECONDS_OF_LOAD:-300}"
export GUESTS="${GUESTS:-200}" SEED="${SEED:-1}"
exec dotnet run --project tests/System --configuration "${CONFIGURATION:-Release}" -- \
  -class GuestSessions.SystemTests.KillTests -showLiveOutput
