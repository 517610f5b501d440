#!/usr/bin/env bash
# A whole cluster on this machine, from plain processes: PostgreSQL, three silos, two API hosts, the emulator.
#
#   scripts/cluster.sh up           starts it, and prints where everything is
#   scripts/cluster.sh status       what runs and what is ready
#   scripts/cluster.sh kill NAME    SIGKILL: silo1 to silo3, api1, api2, emulator or postgres
#   scripts/cluster.sh start NAME   starts one again
#   scripts/cluster.sh logs [NAME]  what one wrote, or the last lines of all
#   scripts/cluster.sh down         ends everything, and deletes the folder
#
# CLUSTER_DIR says where data and logs lie, CLUSTER_PORT the first of some fifty ports, CONFIGURATION which build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder=${CLUSTER_DIR:-$PWD/.cluster}
first=${CLUSTER_PORT:-16100}
configuration=${CONFIGURATION:-Release}
hosts=(emulator silo1 silo2 silo3 api1 api2)

refuse() {
  echo "$1" >&2
  exit 1
}

port() {
  case $1 in
    postgres) echo $((first)) ;;
    emulator) echo $((first + 1)) ;;
    silo?) echo $((first + 10 + ${1#silo})) ;;
    api?) echo $((first + 20 + ${1#api})) ;;
    *) refuse "There is no $1: postgres ${hosts[*]}" ;;
  esac
}

program() {
  local name
  case $1 in silo?) name=Silo ;; api?) name=Api ;; *) name=Emulator ;; esac
  echo "src/$name/bin/$configuration/net10.0/GuestSessions.$name.dll"
}

pid() { cat "$folder/$1.pid" 2>/dev/null || echo 0; }

# A process that has ended and that nobody has reaped (Z) does not run any more.
runs() { [ "$(pid "$1")" -ne 0 ] && kill -0 "$(pid "$1")" 2>/dev/null && [[ $(ps -o state= -p "$(pid "$1")") != Z* ]]; }

is_ready() {
  local path=/health/ready
  [ "$1" = emulator ] && path=/_emulator/stats
  curl --silent --fail --max-time 2 --output /dev/null "http://127.0.0.1:$(port "$1")$path"
}

start() {
  local name=$1
  if [ "$name" = postgres ]; then
    scripts/postgres.sh start "$folder/postgres" "$(port postgres)"
    return
  fi
  runs "$name" && return
  local urls
  urls="http://127.0.0.1:$(port "$name")"
  [ -f "$(program "$name")" ] || refuse "$(program "$name") is missing: dotnet build --configuration $configuration"
  (
    export ASPNETCORE_ENVIRONMENT=Development EMULATOR_Urls="$urls"
    export Sessions__Storage__Provider=Postgres Sessions__Cluster__Provider=Postgres Sessions__Cluster__AllowInsecure=true
    export Sessions__Storage__ConnectionString="Host=127.0.0.1;Port=$(port postgres);Username=sessions;Database=postgres"
    case $name in silo?)
      export Sessions__Cluster__SiloPort=$((first + 30 + ${name#silo})) Sessions__Cluster__GatewayPort=$((first + 40 + ${name#silo}))
      ;;
    esac
    export Sessions__Api__Enabled=false Sessions__Emulator__Enabled=false
    export Sessions__Tenants__demo__StreamApi__BaseUrl="http://127.0.0.1:$(port emulator)"
    export Sessions__Tenants__demo__StreamApi__ClientKey=demo-client-key
    export Sessions__Tenants__demo__PointsOfSale__0__Name=harbourbikes/ie
    export Sessions__Tenants__demo__PointsOfSale__1__Name=harbourbikes/de
    export Sessions__Tenants__demo__Defaults__Channel=WEB Sessions__Tenants__demo__Defaults__Language=EN
    export Sessions__Tenants__demo__Defaults__Currency=EUR
    export Sessions__Tenants__demo__Defaults__PointOfSale=harbourbikes/ie
    export Sessions__Tenants__demo__Rules__IdentityRules__0=CRM Sessions__Tenants__demo__Rules__IdentityRules__1=email
    program=$PWD/$(program "$name")
    cd "$folder"
    setsid dotnet "$program" --urls "$urls" >>"$folder/$name.log" 2>&1 </dev/null &
    echo $! >"$folder/$name.pid"
  )
}

# Waits until it answers, and says why when it ends instead.
await() {
  local tries
  for tries in $(seq 240); do
    is_ready "$1" && return
    runs "$1" || refuse "$1 ended: $(tail -n 5 "$folder/$1.log")"
    sleep 0.5
  done
  refuse "$1 was not ready after $((tries / 2)) s; see $folder/$1.log"
}

# Stops one gracefully, and by force when it takes longer than the host gives itself.
stop() {
  local tries
  runs "$1" || return 0
  kill -TERM "$(pid "$1")"
  for tries in $(seq 80); do
    runs "$1" || break
    sleep 0.5
  done
  runs "$1" && kill -KILL "$(pid "$1")" && echo "$1 did not stop within $((tries / 2)) s."
  rm -f "$folder/$1.pid"
}

up() {
  mkdir -p "$folder"
  start postgres
  local name
  for name in "${hosts[@]}"; do start "$name"; done
  for name in "${hosts[@]}"; do await "$name"; done
  cat <<END
The cluster is ready. Keys: demo-ingest, demo-support, demo-admin
  API       http://127.0.0.1:$(port api1) and http://127.0.0.1:$(port api2)
  Emulator  http://127.0.0.1:$(port emulator)/_emulator/events
  Logs      $folder
END
}

status() {
  local name
  for name in "${hosts[@]}"; do
    if ! runs "$name"; then
      echo "$name stopped"
    elif is_ready "$name"; then
      echo "$name ready, pid $(pid "$name"), port $(port "$name")"
    else
      echo "$name not ready, pid $(pid "$name"), port $(port "$name")"
    fi
  done
}

kill_one() {
  if [ "$1" = postgres ]; then
    scripts/postgres.sh stop "$folder/postgres" kill
  else
    port "$1" >/dev/null
    runs "$1" || refuse "$1 does not run."
    kill -KILL "$(pid "$1")"
    for _ in $(seq 100); do
      runs "$1" || return 0
      sleep 0.1
    done
    refuse "$1 was killed and does not end."
  fi
}

down() {
  local name
  for name in api1 api2 silo1 silo2 silo3 emulator; do stop "$name" & done
  wait
  [ -d "$folder/postgres" ] && scripts/postgres.sh stop "$folder/postgres" immediate
  rm -rf "$folder"
}

case ${1:-} in
  up) up ;;
  status) status ;;
  kill) kill_one "${2:?which one?}" ;;
  start) start "${2:?which one?}"; [ "$2" = postgres ] || await "$2" ;;
  logs) if [ -n "${2:-}" ]; then cat "$folder/$2.log"; else tail -n 10 "$folder"/*.log; fi ;;
  down) down ;;
  *) sed -n '2,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 64 ;;
esac
