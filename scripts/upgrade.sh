#!/usr/bin/env bash
# An upgrade under load and the way back, host by host: from a commit to what is built here, and to the commit again.
# Checks the history of it all.
#   CYCLES=50 scripts/upgrade.sh COMMIT
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

commit=${1:?which commit is the version before?}
configuration=${CONFIGURATION:-Release}
before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
git archive "$commit" | tar --extract --directory "$before"
for host in Silo Api; do
  dotnet build "$before/src/$host" --configuration "$configuration" --verbosity quiet
done
UPGRADE_FROM=$before dotnet run --project tests/System --configuration "$configuration" -- \
  -class GuestSessions.SystemTests.Cluster.UpgradeTests -explicit only -showLiveOutput
