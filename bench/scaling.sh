#!/usr/bin/env bash
# One silo, then two: see README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
share=${SHARE:-45} warm_up=${WARM_UP:-120} seconds=${SECONDS_MEASURED:-30}
# shellcheck source=bench/cluster.sh
. bench/cluster.sh

measure() { # SILOS
  start "$1"
  local before=0 after=0 pid
  for pid in "${silos[@]}"; do before=$((before + $(used "$pid"))); done
  dotnet "$bench" scaling "$api" "$sink" "$1" "$warm_up" "$seconds" >"$folder/result"
  for pid in "${silos[@]}"; do after=$((after + $(used "$pid"))); done
  read -r acknowledged delivered p99 refused <"$folder/result"
  printf '%5s  %13s  %11s  %7s  %7s  %14s\n' "$1" "$acknowledged" "$delivered" "$p99" "$refused" \
    "$(((after - before) * 100 / (1000 * (warm_up + seconds)))) %"
  rates+=("$delivered")
  end
}

rates=()
echo "$(nproc) cores, load average $(cut -d' ' -f1 /proc/loadavg), each silo held to $share % of one"
printf 'silos  acknowledged/s  delivered/s  p99 ms  refused  of a core used\n'
measure 1
measure 2
echo "two deliver $((rates[1] * 100 / (rates[0] > 0 ? rates[0] : 1))) % of what one does"
