# A cluster on a PostgreSQL of its own, each silo held to SHARE percent of a core by a control group, so that the silos are
# what is scarce even where database, API host, load and sink share few cores with them. For the scripts beside it; takes root.
first=${PORT:-18100}
groups=/sys/fs/cgroup/cpu
[ -d "$groups" ] || groups=/sys/fs/cgroup
folder=$(mktemp -d)
chmod 755 "$folder" # PostgreSQL runs as a user of its own
bench=$PWD/bench/bin/Release/net10.0/GuestSessions.Bench.dll
api=$((first + 2)) sink=$((first + 1))
pids=() silos=()

for project in src/Silo src/Api bench; do dotnet build "$project" -c Release -v quiet; done

end() {
  [ ${#pids[@]} -eq 0 ] || kill -KILL "${pids[@]}" 2>/dev/null || true
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  pids=()
  [ ! -d "$folder/postgres" ] || scripts/postgres.sh stop "$folder/postgres" immediate
  rmdir "$groups/bench-scaling-$first"-* 2>/dev/null || true
  rm -rf "${folder:?}"/*
}
trap 'end; rm -rf "$folder"' EXIT

run() { # NAME PROGRAM ARGUMENTS…
  local name=$1
  shift
  (cd "$folder" && exec dotnet "$@") >"$folder/$name.log" 2>&1 &
  pids+=($!)
}

load() { # ARGUMENTS…: puts load on, and holds the silos once they are warm
  dotnet "$bench" "$@" &
  pids+=($!)
  sleep "$warm_up"
  hold_silos
  wait "${pids[-1]}"
  unset 'pids[-1]'
}

await() { # PORT PATH
  for _ in $(seq 600); do
    curl --silent --fail --max-time 2 --output /dev/null "http://127.0.0.1:$1$2" && return
    sleep 0.2
  done
  tail -n 5 "$folder"/*.log >&2
  exit 1
}

hold() { # PID NAME
  local group=$groups/bench-scaling-$2
  mkdir "$group"
  if [ -e "$group/cpu.cfs_quota_us" ]; then
    echo 20000 >"$group/cpu.cfs_period_us"
    echo $((share * 200)) >"$group/cpu.cfs_quota_us"
  else
    echo "$((share * 200)) 20000" >"$group/cpu.max"
  fi
  echo "$1" >"$group/cgroup.procs"
}

hold_silos() {
  local number
  for number in "${!silos[@]}"; do hold "${silos[number]}" "$first-$number"; done
}

start() { # SILOS
  scripts/postgres.sh start "$folder/postgres" "$first" $$
  export ASPNETCORE_ENVIRONMENT=Production
  export Sessions__Storage__Provider=Postgres Sessions__Cluster__Provider=Postgres Sessions__Cluster__AllowInsecure=true
  export Sessions__Storage__ConnectionString="Host=127.0.0.1;Port=$first;Username=sessions;Database=postgres"
  export Sessions__Tenants__bench__StreamApi__BaseUrl="http://127.0.0.1:$sink"
  export Sessions__Tenants__bench__StreamApi__AllowInsecure=true Sessions__Tenants__bench__StreamApi__AllowPrivate=true
  export Sessions__Tenants__bench__StreamApi__ClientKey=bench
  export Sessions__Tenants__bench__PointsOfSale__0__Name=harbourbikes/ie
  export Sessions__Tenants__bench__ApiKeys__0__Id=bench Sessions__Tenants__bench__ApiKeys__0__Scopes__0=ingest
  Sessions__Tenants__bench__ApiKeys__0__SecretSha256=$(printf bench-ingest | sha256sum | cut -d' ' -f1)
  export Sessions__Tenants__bench__ApiKeys__0__SecretSha256
  local number
  silos=()
  run sink "$bench" sink "$sink" open
  for number in $(seq "$1"); do
    export Sessions__Cluster__SiloPort=$((first + 10 + number)) Sessions__Cluster__GatewayPort=$((first + 20 + number))
    Sessions__Api__Enabled=false run "silo$number" "$PWD/src/Silo/bin/Release/net10.0/GuestSessions.Silo.dll" \
      --urls "http://127.0.0.1:$((first + 30 + number))"
    silos+=("${pids[-1]}")
  done
  run api "$PWD/src/Api/bin/Release/net10.0/GuestSessions.Api.dll" --urls "http://127.0.0.1:$api"
  for number in $(seq "$1"); do await $((first + 30 + number)) /health/ready; done
  await "$api" /health/ready
}
