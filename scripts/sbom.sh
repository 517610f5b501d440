#!/usr/bin/env bash
# What a CycloneDX bill of materials says, against what was restored; and the notices that follow from it.
#
#   scripts/sbom.sh check BOM LOCK             fails where the bill and the lock file have different packages
#   scripts/sbom.sh notices BOM...             each package once, with its licence, and the licence's text where it has one
#   scripts/sbom.sh runtime-notices RUNTIME    those of .NET itself, for an archive that has it
set -euo pipefail

packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}

# Analyzers and build tasks: they are restored, and no part of what is shipped.
tools='^(Microsoft\.CodeAnalysis\.(BannedApi|PublicApi)Analyzers|Microsoft\.NET\.ILLink\.Tasks|Microsoft\.Orleans\.(Analyzers|CodeGenerator|Sdk))@'

check() {
  local bill lock
  bill=$(jq -r '.components[] | select(.purl // "" | startswith("pkg:nuget")) | "\(.name)@\(.version)"' "$1" | (grep -Ev "$tools" || true) | sort -u)
  lock=$(jq -r '.dependencies["net10.0"] | to_entries[] | select(.value.type != "Project") | "\(.key)@\(.value.resolved)"' "$2" \
    | grep -Ev "$tools" | sort -u)
  if ! diff --label "$1" --label "$2" --unified=0 <(echo "$bill") <(echo "$lock"); then
    echo "$1 differs from $2." >&2
    return 1
  fi
  echo "$(basename "$1"): $(echo "$bill" | wc -l) packages, as in the lock file"
}

text_of() { find "$1" -maxdepth 1 -type f -iregex '.*/\(licen[cs]e\|notice\|third-?party-?notices\)\(\.\(txt\|md\)\)?' | sort; }

notices() {
  echo "# Notices of third parties"
  echo
  echo "Guest Sessions is under the MIT licence, and contains these packages."
  local name version licence copyright folder file
  # A separator that no text has, because bash would drop empty fields between tabs.
  while IFS=$'\x1f' read -r name version licence copyright; do
    printf '\n## %s %s\n\nLicence: %s\n' "$name" "$version" "$licence"
    [ -z "$copyright" ] || printf '\n%s\n' "$copyright"
    folder=$packages/$(echo "$name/$version" | tr '[:upper:]' '[:lower:]')
    [ -d "$folder" ] || continue
    while read -r file; do
      [ -n "$file" ] || continue
      printf '\n```text\n'
      tr -d '\r' <"$file"
      printf '\n```\n'
    done <<<"$(text_of "$folder")"
  done < <(jq -rs '[.[].components[]?] | unique_by(.name + "@" + .version) | sort_by(.name | ascii_downcase)[]
    | [.name, .version, ([.licenses[]? | .expression // .license.id // .license.name // .license.url] | join(", ")), (.copyright // "")]
    | map(gsub("[\r\n]+"; " ")) | join("\u001f")' "$@" | grep -Ev "$(echo "$tools" | sed 's/@$/\x1f/')")
}

runtime_notices() {
  local pack folder
  for pack in microsoft.netcore.app microsoft.aspnetcore.app; do
    folder=$(find "$packages/$pack.runtime.$1" -mindepth 1 -maxdepth 1 -type d | sort -V | tail -n 1)
    printf '\n## %s %s\n' "$pack" "$(basename "$folder")"
    text_of "$folder" | while read -r file; do
      printf '\n```text\n'
      tr -d '\r' <"$file"
      printf '\n```\n'
    done
  done
}

case ${1:-} in
  check) check "$2" "$3" ;;
  notices) notices "${@:2}" ;;
  runtime-notices) runtime_notices "$2" ;;
  *) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 64 ;;
esac
