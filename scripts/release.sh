#!/usr/bin/env bash
# Makes everything of a release from a clean clone of the current commit: docs/releasing.md.
#
#   scripts/release.sh [FOLDER]     artifacts/release by default
#
# The version follows from the latest tag (v1.2.3), or is a pre-release with the number of commits since. REPOSITORY_URL is the
# repository as others reach it, for SourceLink. RUNTIMES says for which platforms, "linux-x64 linux-arm64" by default.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

refuse() {
  echo "$1" >&2
  exit 1
}

step() { echo "== $*"; }

for tool in git dotnet jq sha256sum tar; do
  command -v "$tool" >/dev/null || refuse "$tool is missing."
done
[ -z "$(git status --porcelain --untracked-files=no)" ] || refuse "There are changes that are not committed."

out=$(mkdir -p "${1:-artifacts/release}" && cd "${1:-artifacts/release}" && pwd)
[ -z "$(ls -A "$out")" ] || refuse "$out is not empty."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone --quiet . "$work/source"
[ -z "${REPOSITORY_URL:-}" ] || git -C "$work/source" remote set-url origin "$REPOSITORY_URL"
cd "$work/source"
dotnet tool restore --verbosity quiet >/dev/null

version=$(dotnet minver --tag-prefix v --minimum-major-minor 0.1 --verbosity error)
step "Version $version"
build=(--configuration Release --verbosity quiet --nologo -p:Version="$version" -p:ContinuousIntegrationBuild=true)

# What has changed: of a release, the changelog's own section.
section=${version%%-*}
awk -v heading="## [$section]" 'index($0, heading) == 1 { on = 1; next } /^## / { on = 0 } on' CHANGELOG.md >"$out/RELEASE-NOTES.md"
[ -s "$out/RELEASE-NOTES.md" ] || refuse "CHANGELOG.md has no section $section."
if [ "$version" = "$section" ] && grep -qF "## [$section] - unreleased" CHANGELOG.md; then
  refuse "CHANGELOG.md says that $section is unreleased: give it its date, and tag that commit."
fi

step "Packages"
for project in Client Cli; do
  dotnet pack "src/$project" "${build[@]}" --output "$out" -p:RestoreLockedMode=true
done

step "Bills of materials, checked against the lock files"
for project in Client Cli Silo Api; do
  dotnet restore "src/$project" --verbosity quiet -p:RestoreLockedMode=true
  dotnet dotnet-CycloneDX "src/$project/$project.csproj" --disable-package-restore --output "$out" \
    --filename "sbom-${project,,}.json" --output-format Json --set-name "GuestSessions.$project" --set-version "$version" >"$work/sbom.log" \
    || refuse "$(cat "$work/sbom.log")"
  scripts/sbom.sh check "$out/sbom-${project,,}.json" "src/$project/packages.lock.json"
done

step "Notices of third parties"
scripts/sbom.sh notices "$out"/sbom-*.json >"$out/THIRD-PARTY-NOTICES.md"

# One archive for a platform: silo and API host with the runtime, compiled ahead where that starts faster.
for runtime in ${RUNTIMES:-linux-x64 linux-arm64}; do
  step "Archive for $runtime"
  name=guest-sessions-$version-$runtime
  for project in Silo Api; do
    # A platform adds its own packages to what is restored.
    dotnet publish "src/$project" "${build[@]}" --runtime "$runtime" --self-contained \
      -p:RestoreLockedMode=false -p:DebugType=embedded --output "$work/$name/${project,,}"
  done
  cp LICENSE CHANGELOG.md "$out/THIRD-PARTY-NOTICES.md" "$out/sbom-silo.json" "$out/sbom-api.json" "$work/$name"
  scripts/sbom.sh runtime-notices "$runtime" >>"$work/$name/THIRD-PARTY-NOTICES.md"
  tar --create --gzip --file "$out/$name.tar.gz" --directory "$work" --sort=name --owner=0 --group=0 --numeric-owner \
    --mtime="@$(git log -1 --format=%ct)" "$name"
  if [ "$runtime" = "linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" ]; then
    (cd "$work" && ASPNETCORE_ENVIRONMENT=Development "$work/$name/silo/GuestSessions.Silo" --check-config)
  fi
done

(cd "$out" && sha256sum -- * >"$work/sums" && mv "$work/sums" SHA256SUMS)
step "Done: $out"
ls -l "$out"
