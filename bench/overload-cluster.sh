#!/usr/bin/env bash
# Three times as much as a silo behind an API host can take: see README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
share=${SHARE:-35} warm_up=${WARM_UP:-60}
stabilize=20
# shellcheck source=bench/cluster.sh
. bench/cluster.sh
start 1
echo "the silo held to $share % of a core"
load overload-at "$api" "$sink" "${pids[-1]},${silos[0]}" --rounds 8 --seconds 10 --warm-up $((warm_up + stabilize)) --connections 192 "$@"
