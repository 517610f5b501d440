#!/usr/bin/env bash
# Makes the pictures of the console in docs/images again. Needs Node, Chromium and a build of src/Silo.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

first=${SCREENSHOTS_PORT:-18090}
url=http://127.0.0.1:$first
upstream=http://127.0.0.1:$((first + 1))
work=$(mktemp -d)
trap 'kill "${silo:-}" 2>/dev/null || true; rm -rf "$work"' EXIT

silo_dll=$PWD/src/Silo/bin/${CONFIGURATION:-Release}/net10.0/GuestSessions.Silo.dll
(cd "$work" && ASPNETCORE_ENVIRONMENT=Development exec dotnet "$silo_dll" --urls "$url" --Sessions:Emulator:Url="$upstream" \
  >silo.log 2>&1) &
silo=$!
for _ in $(seq 120); do
  curl --silent --fail --output /dev/null "$url/health/ready" && break
  sleep 0.5
done

mkdir -p docs/images
cd tests/Sdk/client
npm ci --no-progress
node screenshots.mjs "{\"url\":\"$url\",\"upstream\":\"$upstream\",\"folder\":\"../../../docs/images\",\"chromium\":\"${CHROMIUM:-/usr/bin/chromium}\"}"
