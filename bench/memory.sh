#!/usr/bin/env bash
# Resident memory of a guest that is idle, on a PostgreSQL server of its own, in about ten minutes:
#   bench/memory.sh [--guests N]
# The server listens at PORT (18680).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=bench/server.sh
. bench/server.sh 18680
dotnet bench/bin/Release/net10.0/GuestSessions.Bench.dll memory "$server" --silo "$silo" --commit "$commit" --guests 20000 "$@"
