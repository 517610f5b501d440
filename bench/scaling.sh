#!/usr/bin/env bash
# One silo and two, each in a cluster of its own, loaded in turn: see README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
port=${PORT:-18300} rounds=${ROUNDS:-7} warm_up=${WARM_UP:-45}
signs=$(mktemp -d)
trap 'touch "$signs/end"; wait; rm -rf "$signs"' EXIT

until_there() { while [ ! -e "$1" ]; do sleep 0.5; done; }

# Starts a cluster, warms it up when told, holds its silos then, and keeps it until the end.
side() { # SILOS PORT
  (
    export PORT=$2
    share=${SHARE:-20}
    # shellcheck source=bench/cluster.sh
    . bench/cluster.sh
    start "$1"
    ids=$(IFS=,; echo "${silos[*]}")
    echo "$bench $api $sink $ids" >"$signs/where-$1"
    until_there "$signs/warm-$1"
    dotnet "$bench" scaling "$api" "$sink" "$ids" "$warm_up" 5 >"$folder/warm"
    hold_silos
    touch "$signs/ready-$1"
    until_there "$signs/end"
  ) >"$signs/log-$1" 2>&1 &
  until_there "$signs/where-$1"
}

side 1 "$port"
side 2 $((port + 100))
for silos in 1 2; do
  touch "$signs/warm-$silos"
  until_there "$signs/ready-$silos"
done

delivered_by=([1]=0 [2]=0)
echo "$(nproc) cores, load average $(cut -d' ' -f1 /proc/loadavg), each silo held to ${SHARE:-20} % of one"
printf 'silos  acknowledged/s  delivered/s  p99 ms  refused  of a core used\n'
for _ in $(seq "$rounds"); do
  for silos in 1 2; do
    read -r bench api sink ids <"$signs/where-$silos"
    read -r acknowledged delivered p99 refused used < <(dotnet "$bench" scaling "$api" "$sink" "$ids" 4 8)
    printf '%5s  %13s  %11s  %7s  %7s  %14s\n' "$silos" "$acknowledged" "$delivered" "$p99" "$refused" "$used %"
    delivered_by[silos]=$((delivered_by[silos] + delivered))
  done
done
echo "two deliver $((delivered_by[2] * 100 / (delivered_by[1] > 0 ? delivered_by[1] : 1))) % of what one does"
