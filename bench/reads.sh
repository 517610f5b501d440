#!/usr/bin/env bash
# What support reads while many guests are stored, on a PostgreSQL server of its own:
#   bench/reads.sh [GUESTS] [--seconds N] [--warm-up N] [--rounds N] [--silo PATH]
# A million guests by default, with five events each. The server listens at PORT (18640).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
guests=1000000
if [[ "${1:-}" =~ ^[0-9]+$ ]]; then guests=$1; shift; fi
# shellcheck source=bench/server.sh
. bench/server.sh 18640
dotnet bench/bin/Release/net10.0/GuestSessions.Bench.dll reads "$guests" "$server" --silo "$silo" --commit "$commit" "$@"
