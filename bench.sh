#!/usr/bin/env bash
# The benchmarks, one after the other, each in one run beside what it is compared with. Nothing else should run on the machine.
#   ./bench.sh              all of them, almost two hours
#   ./bench.sh PART …       some: whole-path sqlite bulk start memory endurance reads overload
# The table and the picture of the whole path go to bench/results and the README; bench/README.md says what each part is and how to read it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

parts=("$@")
[ "$#" -gt 0 ] || parts=(whole-path sqlite bulk start memory endurance reads overload)
for part in "${parts[@]}"; do
  case $part in
    whole-path) command=(bench/whole-path.sh --results "$PWD/bench/results" --readme "$PWD/README.md") ;; # the service, the floor, IPersistentState
    sqlite) command=(bench/run.sh) ;;                   # ingest, the whole path and one hot guest on SQLite, with IPersistentState
    bulk) command=(bench/bulk.sh) ;;                    # NDJSON: paused, delivering, guests never seen
    start) command=(bench/warm-up.sh) ;;                # the first seconds, built and published
    memory) command=(bench/memory.sh) ;;                # what an idle guest keeps
    endurance) command=(bench/endurance.sh "${EVENTS:-1000000}") ;; # so many events within a heap of 1 GB
    reads) command=(bench/reads.sh "${GUESTS:-200000}") ;;       # what support reads, with so many guests stored
    overload) command=(bench/overload.sh) ;;            # three times as much as can be stored
    *)
      echo "bench.sh: there is no part '$part'; there are whole-path, sqlite, bulk, start, memory, endurance, reads and overload." >&2
      exit 2
      ;;
  esac
  echo "== $part: ${command[*]#"$PWD"/}"
  "${command[@]}"
done
