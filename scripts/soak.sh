#!/usr/bin/env bash
# The tests' own fault runs, only longer: checks the history and prints the figures. Fails when an invariant is violated.
#   KILLS=500 SECONDS_OF_LOAD=3600 GUESTS=200 SEED=7 scripts/soak.sh        the all-in-one on SQLite, killed
#   CLUSTER_KILLS=50 CLUSTER_PAUSES=10 DATABASE_KILLS=10 ROLLS=5 EVENTS=1000000 scripts/soak.sh cluster
#                                                                           three silos and two API hosts on PostgreSQL
#   FAILOVERS=10 DOUBLE_LOSSES=5 STANDBY_LOSSES=3 SLOW_STANDBYS=2 scripts/soak.sh failover
#                                                                           the same over a primary and its standby; with
#                                                                           ASYNCHRONOUS_STANDBY=1 it says what is lost
#   PARTITION_ROUNDS=20 scripts/soak.sh partitions                          silos cut off from each other and the database
#   GUESTS_STORED=90000 GUESTS_WAITING=10000 scripts/soak.sh recovery       all silos killed, nobody calls
#   RACES=100000 scripts/soak.sh races                                      two silos and the first writes of guests
#   MEMORY_GUESTS=1000000 MEMORY_LIMIT=1024 scripts/soak.sh memory          a bulk load of distinct guests, and so many MB
#   CLIENT_KILLS=20 CLIENT_GUESTS=200 CLIENT_EVENTS=500 scripts/soak.sh client
#                                                                           the .NET client over a service that is killed
#   IMPORT_LINES=1000000 IMPORT_KILLS=3 scripts/soak.sh import              the tool's import, killed and resumed
# For the cluster also: SECONDS_OF_CALM between faults, WORKERS and THINK_MILLISECONDS of the load, BATCH events at most in
# a call. They set how much is asked of the machine: the load has to stay below what the cluster delivers there.
set -euo pipefail
cd "$(dirname "$0")/.."

export GUESTS="${GUESTS:-200}" SEED="${SEED:-1}"
case ${1:-single} in
  single)
    export KILLS="${KILLS:-50}" SECONDS_OF_LOAD="${SECONDS_OF_LOAD:-300}"
    tests="-class GuestSessions.SystemTests.KillTests"
    ;;
  cluster)
    export CLUSTER_KILLS="${CLUSTER_KILLS:-20}" CLUSTER_PAUSES="${CLUSTER_PAUSES:-5}"
    export DATABASE_KILLS="${DATABASE_KILLS:-5}" ROLLS="${ROLLS:-2}" SECONDS_OF_CALM="${SECONDS_OF_CALM:-10}"
    export EVENTS="${EVENTS:-100000}" BATCH="${BATCH:-40}" SECONDS_OF_PATIENCE="${SECONDS_OF_PATIENCE:-3600}"
    tests="-method *.Silos_killed_frozen_*"
    ;;
  failover)
    export FAILOVERS="${FAILOVERS:-10}" DOUBLE_LOSSES="${DOUBLE_LOSSES:-5}" STANDBY_LOSSES="${STANDBY_LOSSES:-3}"
    export SLOW_STANDBYS="${SLOW_STANDBYS:-2}" SECONDS_OF_CALM="${SECONDS_OF_CALM:-5}"
    export EVENTS="${EVENTS:-50000}" BATCH="${BATCH:-40}" SECONDS_OF_PATIENCE="${SECONDS_OF_PATIENCE:-3600}"
    tests="-method *.A_slow_standby_*"
    ;;
  partitions)
    export PARTITION_ROUNDS="${PARTITION_ROUNDS:-10}"
    tests="-class GuestSessions.SystemTests.Cluster.PartitionTests -failSkips" # without root it would pass by doing nothing
    ;;
  recovery)
    export GUESTS_STORED="${GUESTS_STORED:-90000}" GUESTS_WAITING="${GUESTS_WAITING:-10000}"
    export SECONDS_OF_PATIENCE="${SECONDS_OF_PATIENCE:-600}"
    tests="-class GuestSessions.SystemTests.Cluster.RecoveryTests"
    ;;
  races)
    export RACES="${RACES:-100000}"
    project=tests/Storage tests="-class GuestSessions.Storage.Tests.Postgres.PostgresRaceTests"
    ;;
  memory)
    export MEMORY_GUESTS="${MEMORY_GUESTS:-1000000}" MEMORY_LIMIT="${MEMORY_LIMIT:-1024}"
    export SECONDS_OF_PATIENCE="${SECONDS_OF_PATIENCE:-3600}"
    tests="-class GuestSessions.SystemTests.MemoryTests"
    ;;
  client)
    export CLIENT_KILLS="${CLIENT_KILLS:-20}" CLIENT_GUESTS="${CLIENT_GUESTS:-200}" CLIENT_EVENTS="${CLIENT_EVENTS:-500}"
    tests="-class GuestSessions.SystemTests.ClientTests"
    ;;
  import)
    export IMPORT_LINES="${IMPORT_LINES:-1000000}" IMPORT_KILLS="${IMPORT_KILLS:-3}"
    project=tests/Cli tests="-class GuestSessions.Cli.Tests.ImportTests"
    ;;
  *)
    sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0"
    exit 64
    ;;
esac
set -f
# shellcheck disable=SC2086 # two words
exec dotnet run --project "${project:-tests/System}" --configuration "${CONFIGURATION:-Release}" -- $tests -showLiveOutput
