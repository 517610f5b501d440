#!/usr/bin/env bash
# Restores, builds without a warning, runs every test. Needs the .NET 10 SDK, and PostgreSQL's server, Prometheus, Spin, Docker
# Compose, Node with npm and Chromium, which it installs where it may (Debian, Ubuntu); everything else comes by restore.
# The last line is the sum over all projects: "N passed, N failed", and ", N skipped" when there were any.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

# The SDK itself asks for ICU unless told otherwise, and a fresh machine has none.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# Most processes of the tests live for seconds: to gather profiles for better code, or to make better code at once, costs them more
# than that code earns. The delay is in hexadecimal milliseconds.
export DOTNET_TieredPGO=0 DOTNET_TC_CallCountingDelayMs=64
configuration=Release
longest=25m # for the tests of one project
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

passed=0 failed=0 skipped=0 broken=0

finish() {
  local sum="$passed passed, $failed failed"
  [ "$skipped" -gt 0 ] && sum+=", $skipped skipped"
  echo "$sum"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] && [ "$broken" -eq 0 ]
  exit
}

refuse() {
  echo "$1" >&2
  broken=1
  finish
}

# The runner's own summary: "  Name  Total: 98, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 3.9s".
figure() { grep -E 'Total: [0-9]+' "$2" | tail -n 1 | grep -oE "$1: [0-9]+" | grep -oE '[0-9]+' || echo 0; }

# start <name> <project> [<options of the runner>]: runs the tests of a project, or some of them.
start() {
  timeout --kill-after=30s "$longest" \
    dotnet "tests/$2/bin/$configuration/net10.0/GuestSessions.$2.Tests.dll" -noColor -noLogo "${@:3}" -result-xml "$logs/$1.xml" \
    >"$logs/$1.log" 2>&1
  echo $? >"$logs/$1.code"
  echo "== $1: $(grep -E 'Total: [0-9]+' "$logs/$1.log" | tail -n 1 | sed -E 's/^ *[^ ]+ +//')"
}

# again <name> <project>: what failed beside all the others runs once more, whole methods, with the machine to itself: tests of
# processes wait with deadlines, and a machine that others use too can miss any of them. What fails again has failed.
again() {
  local log="$logs/$1.log" methods
  methods=$(grep -oE '^ +GuestSessions\.[A-Za-z0-9_.]+.*\[FAIL\]$' "$log" | sed -E 's/^ +([A-Za-z0-9_.]+).*/\1/' | sort -u)
  [ -n "$methods" ] && [ "$(figure Errors "$log")" -eq 0 ] || return 0
  cat "$log"
  echo "== Once more, by themselves:" $methods
  # shellcheck disable=SC2046 # a method's name has no blanks
  start "$1.again" "$2" $(printf -- '-method %s ' $methods)
}

count() {
  local name=$1 log="$logs/$1.log" code total errors skips
  code=$(cat "$logs/$name.code")
  total=$(figure Total "$log")
  errors=$(($(figure Failed "$log") + $(figure Errors "$log")))
  skips=$(figure Skipped "$log")
  if [ -f "$logs/$name.again.log" ] && [ "$(figure Total "$logs/$name.again.log")" -ge "$errors" ]; then
    log="$logs/$name.again.log" code=$(cat "$logs/$name.again.code")
    errors=$(($(figure Failed "$log") + $(figure Errors "$log")))
  fi
  # A run that broke off, or that found nothing to run, must not pass for a green one.
  if [ "$total" -eq 0 ] || { [ "$code" -ne 0 ] && [ "$errors" -eq 0 ]; }; then
    echo "$name did not run to its end (exit code $code, $total tests)." >&2
    errors=$((errors + 1)) total=$((total + 1))
  fi
  [ "$errors" -eq 0 ] || cat "$log"
  failed=$((failed + errors)) skipped=$((skipped + skips)) passed=$((passed + total - errors - skips))
}

# What to look at when it takes too long.
slowest() {
  echo "== The classes that took longest"
  cat "$logs"/*.xml | grep -oE '<test [^>]*' | sed -nE 's/.* time="([0-9.]+)".* type="([^"]*)".*/\2 \1/p' \
    | awk '{ sum[$1] += $2 } END { for (class in sum) printf "%7.1f s  %s\n", sum[class], class }' | sort -rn | head -n 25
}

# The tests start servers and browsers of their own; nothing has to run.
install() {
  local sudo=""
  [ "$(id --user)" -eq 0 ] || sudo="sudo --non-interactive"
  command -v apt-get >/dev/null || return 1
  echo "== Installing $*"
  $sudo apt-get update --quiet=2 &&
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends "$@"
}

command -v dotnet >/dev/null || refuse "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0"
dotnet --version >/dev/null || refuse "The .NET SDK that global.json asks for is missing."
scripts/postgres.sh bin >/dev/null 2>&1 || install postgresql
scripts/postgres.sh bin >/dev/null || refuse "The tests of the PostgreSQL journal cannot run without it."
command -v prometheus >/dev/null && command -v promtool >/dev/null || install prometheus
command -v prometheus >/dev/null && command -v promtool >/dev/null || refuse "Dashboards and alerts cannot be checked without Prometheus."
command -v ip >/dev/null || install iproute2
command -v pkill >/dev/null || install procps
command -v jq >/dev/null || install jq
composes() { docker-compose version || docker compose version; } >/dev/null 2>&1
composes || install docker-compose
composes || refuse "The compose file cannot be checked without Docker Compose."
command -v spin >/dev/null && command -v cc >/dev/null || install spin gcc libc6-dev
command -v spin >/dev/null || refuse "The model of the delivery protocol cannot be checked without spin."
has() { command -v "$1" >/dev/null; }
has node && has npm || install nodejs npm
has node && has npm || refuse "The tests with the official SDKs cannot run without Node 20.19 or newer and npm."
fits() { node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)'; }
if ! fits; then
  # Debian 12 has Node 18. npm has every Node as a package of its own.
  newer=${XDG_CACHE_HOME:-$HOME/.cache}/guest-sessions-node
  echo "== Installing Node 22 into $newer, because $(node --version) is too old"
  npm install --silent --no-audit --no-fund --prefix "$newer" "node-linux-$(node -p process.arch)@22.20.0"
  PATH=$newer/node_modules/node-linux-$(node -p process.arch)/bin:$PATH
  fits || refuse "The tests with the official SDKs cannot run without Node 20.19 or newer and npm."
fi
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || install chromium
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || refuse "The tests with the SDKs' browser builds need Chromium; CHROMIUM names it."

echo "== Build"
dotnet build sessions.sln --configuration "$configuration" --verbosity quiet -p:RestoreLockedMode=true \
  || refuse "The build failed."

# Two lanes. In the first, whole processes under load, and browsers: it waits for them most of the time. Behind it, on what it
# leaves of the processors, all the others, and last those of its own that mostly wait, in two rows.
waiting=(-class "*.Clock.ClockTests" -class "*.DeliveryPauseTests" -class "*.StartTests" -class "*.WaitingTests" -class "*.SettingsReloadTests"
  -class "*.LinkingTests" -class "*.RestoreTests")
also_waiting=(-class "*.UpstreamTests" -class "*.DeliveryModelTests" -class "*.OrderQuestionTests" -class "*.OperationTests"
  -class "*.SharedSessionTests" -class "*.StrangersEventTests" -class "*.MonitoringTests" -class "*.SlowClientTests")

others() {
  local project name
  for project in tests/*/*.Tests.csproj; do
    name=$(basename "$project" .Tests.csproj)
    case $name in Sdk | System) ;; *) start "$name" "$name" ;; esac
  done
  start System.waiting System "${waiting[@]}" &
  start System.also-waiting System "${also_waiting[@]}"
  wait
}

echo "== Tests"
others &
others=$!
renice -n 10 -p "$others" >/dev/null
start Sdk Sdk
start System System "${waiting[@]/#-class/-class-}" "${also_waiting[@]/#-class/-class-}"
wait "$others"

for lane in Sdk System System.waiting System.also-waiting; do
  again "$lane" "${lane%%.*}"
done
for log in "$logs"/*.log; do
  [[ $log == *.again.log ]] || count "$(basename "$log" .log)"
done
slowest
finish
