# shellcheck shell=bash
# Sourced by the benchmarks over PostgreSQL, from the project's root: builds the service and the benchmarks, and starts a server that
# ends with the script.
#   . bench/server.sh PORT       PORT is the variable PORT where that is set
# Sets: folder (for files of the run), port, server (connection string), silo (the built service), commit.
port=${PORT:-$1}
folder=$(mktemp -d)
chmod 755 "$folder" # PostgreSQL runs as a user of its own
trap 'scripts/postgres.sh stop "$folder/postgres" immediate; rm -rf "$folder"' EXIT
dotnet build src/Silo -c Release -v quiet
dotnet build bench -c Release -v quiet
scripts/postgres.sh start "$folder/postgres" "$port" $$
# shellcheck disable=SC2034 # read by who sources this
{
  server="Host=127.0.0.1;Port=$port;Username=sessions;Database=postgres"
  silo=$PWD/src/Silo/bin/Release/net10.0/GuestSessions.Silo.dll
  commit=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
}
