#!/usr/bin/env bash
# Publishes samples/aot as native code without a warning, and lets it send events to a service on loopback. Needs a C compiler.
# Works in a clone of its own, because a publish for one platform changes what is restored.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'kill "${silo:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
git clone --quiet . "$work/sessions"
# The linker's driver: clang where it is, otherwise gcc.
linker=$(command -v clang || command -v gcc)
dotnet publish "$work/sessions/samples/aot" --configuration Release --runtime linux-x64 --output "$work/native" --nologo \
  -p:PublishAot=true -p:CppCompilerAndLinker="$linker" -p:RestoreLockedMode=false -p:StripSymbols=true
ls -l "$work/native/GuestSessions.Aot"

dotnet build "$work/sessions/src/Silo" --configuration Release --verbosity quiet --nologo
(cd "$work" && ASPNETCORE_ENVIRONMENT=Development exec dotnet "$work/sessions/src/Silo/bin/Release/net10.0/GuestSessions.Silo.dll" \
  --urls http://127.0.0.1:18099 --Sessions:Emulator:Enabled=false >"$work/silo.log" 2>&1) &
silo=$!
for _ in $(seq 120); do
  curl --silent --fail --output /dev/null http://127.0.0.1:18099/health/ready && break
  sleep 1
done
answer=$("$work/native/GuestSessions.Aot" http://127.0.0.1:18099 demo-ingest | tail -n 1)
echo "$answer"
[ "$answer" = "Accepted Accepted 1" ]
