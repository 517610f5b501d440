#!/usr/bin/env bash
# A PostgreSQL server of one's own, for tests and trials: on loopback, in a folder, with fsync on.
#
#   scripts/postgres.sh start DIR PORT [PID]  makes the server if DIR is new, and starts it; it ends with PID
#   scripts/postgres.sh standby DIR PORT PRIMARY NAME [PID]
#                                             makes a copy of the server at port PRIMARY that follows it by this name
#   scripts/postgres.sh promote DIR           makes a standby a primary
#   scripts/postgres.sh archive DIR           keeps the server's log in DIR/archive from now on; starts it again
#   scripts/postgres.sh backup DIR PORT       makes a base backup of the server at PORT
#   scripts/postgres.sh restore DIR PORT ARCHIVE TIME [PID]
#                                             starts that backup as a server that stands as it stood at TIME
#   scripts/postgres.sh stop DIR [MODE]       fast (the default), smart or immediate, as for pg_ctl; or kill
#   scripts/postgres.sh bin                   where the programs lie
#
# POSTGRES_ADDRESS names an address that it listens on beside loopback, and trusts the whole /24 of.
# Connect with: Host=127.0.0.1;Port=PORT;Username=sessions;Database=postgres
set -euo pipefail

refuse() {
  echo "$1" >&2
  exit 1
}

# Debian keeps initdb and postgres off the PATH; the newest version wins.
find_programs() {
  local candidate
  for candidate in "$(dirname "$(command -v initdb || echo /)")" \
    $(find /usr/lib/postgresql /usr/pgsql-* -maxdepth 2 -name bin 2>/dev/null | sort --version-sort -r) \
    "$(pg_config --bindir 2>/dev/null || true)"; do
    # A link to initdb may stand alone: what matters is that the server and its control lie together.
    candidate=$(dirname "$(readlink --canonicalize "$candidate/initdb")")
    if [ -x "$candidate/initdb" ] && [ -x "$candidate/postgres" ] && [ -x "$candidate/pg_ctl" ]; then
      echo "$candidate"
      return
    fi
  done
  refuse "PostgreSQL's server is missing: apt-get install postgresql, or put initdb and postgres on the PATH."
}

# PostgreSQL refuses to run as root.
as_owner() {
  if [ "$(id --user)" -ne 0 ]; then
    "$@"
  else
    setpriv --reuid="$owner" --regid="$(id --group "$owner")" --clear-groups --inh-caps=-all \
      env HOME="$folder" "$@"
  fi
}

enter_folder() {
  mkdir -p "$folder"
  [ "$(id --user)" -ne 0 ] || chown "$owner" "$folder"
  cd "$folder"
}

start() {
  local port=$1 pid=${2:-}
  enter_folder
  if [ ! -s "$folder/data/PG_VERSION" ]; then
    as_owner "$programs/initdb" --pgdata="$folder/data" --username=sessions --auth=trust --encoding=UTF8 \
      --locale=C --no-sync >"$folder/initdb.log" 2>&1 || refuse "$(cat "$folder/initdb.log")"
    [ -z "${POSTGRES_ADDRESS:-}" ] || echo "host all all $POSTGRES_ADDRESS/24 trust" >>"$folder/data/pg_hba.conf"
  fi
  as_owner "$programs/pg_ctl" start --pgdata="$folder/data" --log="$folder/server.log" --silent --wait \
    --options="-p $port -c listen_addresses=127.0.0.1${POSTGRES_ADDRESS:+,$POSTGRES_ADDRESS} -c unix_socket_directories= -c max_connections=200" \
    --timeout=60 </dev/null >/dev/null || refuse "$(tail -n 20 "$folder/server.log")"
  [ -z "$pid" ] || end_with "$pid"
}

standby() {
  enter_folder
  as_owner "$programs/pg_basebackup" --pgdata="$folder/data" --write-recovery-conf --checkpoint=fast --no-sync \
    --dbname="host=127.0.0.1 port=$2 user=sessions application_name=$3" >"$folder/backup.log" 2>&1 || refuse "$(cat "$folder/backup.log")"
  start "$1" "${4:-}"
}

promote() {
  cd "$folder"
  as_owner "$programs/pg_ctl" --pgdata="$folder/data" --silent --wait --timeout=60 promote
}

archive() {
  cd "$folder"
  as_owner mkdir -p "$folder/archive"
  cat >>"$folder/data/postgresql.conf" <<END
archive_mode = on
archive_command = 'cp %p "$folder/archive/%f"'
END
  as_owner "$programs/pg_ctl" restart --pgdata="$folder/data" --log="$folder/server.log" --silent --wait --timeout=60 </dev/null >/dev/null
}

backup() {
  enter_folder
  as_owner "$programs/pg_basebackup" --pgdata="$folder/data" --checkpoint=fast --no-sync \
    --dbname="host=127.0.0.1 port=$1 user=sessions" >"$folder/backup.log" 2>&1 || refuse "$(cat "$folder/backup.log")"
}

restore() {
  cat >>"$folder/data/postgresql.conf" <<END
archive_mode = off
restore_command = 'cp "$2/%f" %p'
recovery_target_time = '$3'
recovery_target_action = 'promote'
END
  as_owner touch "$folder/data/recovery.signal"
  start "$1" "${4:-}"
}

# Tests that are killed cannot stop their server themselves.
end_with() {
  setsid bash -c '
    tail --pid="$1" --follow /dev/null & tail --pid="$2" --follow /dev/null & wait -n
    kill -0 "$1" 2>/dev/null || [ "$(head -n 1 "$3")" != "$2" ] || kill -QUIT "$2"
    kill $(jobs -p)' watch "$1" "$(server_pid)" "$folder/data/postmaster.pid" </dev/null >/dev/null 2>&1 &
}

server_pid() { head -n 1 "$folder/data/postmaster.pid"; }

stop() {
  [ -s "$folder/data/postmaster.pid" ] || return 0
  cd "$folder"
  if [ "${1:-fast}" = kill ]; then
    kill_server
  else
    as_owner "$programs/pg_ctl" --pgdata="$folder/data" --silent --wait --timeout=60 --mode="${1:-fast}" stop
  fi
}

# Its processes notice that it is gone and go, too; until then no new server can start in the folder.
kill_server() {
  local server children child
  server=$(server_pid)
  children=$(pgrep --parent "$server" || true)
  kill -KILL "$server"
  for child in $children; do
    timeout 60 tail --pid="$child" --follow /dev/null
  done
}

command=${1:-}
[ "$command" = bin ] || [ $# -ge 2 ] || { sed -n '2,16s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
programs=$(find_programs)
owner=$(id --user --name postgres >/dev/null 2>&1 && echo postgres || echo nobody)
folder=$(readlink --canonicalize-missing "${2:-.}")
case $command in
  bin) echo "$programs" ;;
  start) start "${@:3}" ;;
  standby) standby "${@:3}" ;;
  promote) promote ;;
  archive) archive ;;
  backup) backup "${@:3}" ;;
  restore) restore "${@:3}" ;;
  stop) stop "${@:3}" ;;
  *) refuse "start, standby, promote, archive, backup, restore, stop or bin; got \"$command\"." ;;
esac
