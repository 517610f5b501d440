#!/usr/bin/env bash
# One silo, then two, in turn: see README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
share=${SHARE:-35} rounds=${ROUNDS:-2} warm_up=${WARM_UP:-60} seconds=${SECONDS_MEASURED:-30}
settle=20
# shellcheck source=bench/cluster.sh
. bench/cluster.sh

measure() { # SILOS
  start "$1"
  local ids
  ids=$(IFS=,; echo "${silos[*]}")
  load scaling "$api" "$sink" "$ids" $((warm_up + settle)) "$seconds" >"$folder/result"
  read -r acknowledged delivered p99 refused used <"$folder/result"
  printf '%5s  %13s  %11s  %7s  %7s  %14s\n' "$1" "$acknowledged" "$delivered" "$p99" "$refused" "$used %"
  delivered_by[$1]=$((delivered_by[$1] + delivered))
  end
}

delivered_by=([1]=0 [2]=0)
echo "$(nproc) cores, load average $(cut -d' ' -f1 /proc/loadavg), each silo held to $share % of one"
printf 'silos  acknowledged/s  delivered/s  p99 ms  refused  of a core used\n'
for _ in $(seq "$rounds"); do
  measure 1
  measure 2
done
echo "two deliver $((delivered_by[2] * 100 / (delivered_by[1] > 0 ? delivered_by[1] : 1))) % of what one does"
