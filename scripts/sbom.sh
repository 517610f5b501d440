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

# Texts of licences, each once: packages name them by number.
declare -A number_of=()
texts=()
prefix="#text" # Of their headings.

# numbers <folder>: the numbers of the texts in the folder of a package, in $numbers.
numbers() {
  local file hash
  numbers=""
  while read -r file; do
    [ -n "$file" ] || continue
    hash=$(tr -d '\r' <"$file" | sha256sum | cut -d' ' -f1)
    if [ -z "${number_of[$hash]:-}" ]; then
      texts+=("$file")
      number_of[$hash]=${#texts[@]}
    fi
    numbers+=" [${number_of[$hash]}]($prefix-${number_of[$hash]})"
  done <<<"$([ ! -d "$1" ] || text_of "$1")"
}

write_texts() {
  local at
  for at in "${!texts[@]}"; do
    printf '\n## %s %s\n\n```text\n' "${prefix#\#}" "$((at + 1))"
    tr -d '\r' <"${texts[$at]}"
    printf '\n```\n'
  done
}

notices() {
  printf '# Notices of third parties\n\nGuest Sessions is under the MIT licence, and contains these packages. '
  printf 'Where a package brings no text of its own,\nthe text behind the name of its licence holds; that of MIT is in LICENSE.\n\n'
  printf '| Package | Version | Licence | Copyright | Texts |\n|---|---|---|---|---|\n'
  local name version licence copyright
  # A separator that no text has, because bash would drop empty fields between tabs.
  while IFS=$'\x1f' read -r name version licence copyright; do
    numbers "$packages/$(echo "$name/$version" | tr '[:upper:]' '[:lower:]')"
    printf '| %s | %s | %s | %s |%s |\n' "$name" "$version" "$licence" "$copyright" "$numbers"
  done < <(jq -rs '[.[].components[]?] | unique_by(.name + "@" + .version) | sort_by(.name | ascii_downcase)[]
    | select(.name + "@" + .version | test($tools) | not)
    | [.name, .version, ([.licenses[]? | .expression // .license.id // .license.name // .license.url
        | if test("^[A-Za-z0-9.-]+$") then "[\(.)](https://spdx.org/licenses/\(.).html)" else . end] | join(", ")), (.copyright // "")]
    | map(gsub("[\r\n]+"; " ") | gsub("[|]"; "/")) | join("\u001f")' --arg tools "$tools" "$@")
  write_texts
}

runtime_notices() {
  printf '\n# Notices of .NET\n\n'
  local pack folder
  prefix="#text-of-net"
  for pack in microsoft.netcore.app microsoft.aspnetcore.app; do
    folder=$(find "$packages/$pack.runtime.$1" -mindepth 1 -maxdepth 1 -type d | sort -V | tail -n 1)
    numbers "$folder"
    printf -- '- %s %s:%s\n' "$pack" "$(basename "$folder")" "$numbers"
  done
  write_texts
}

case ${1:-} in
  check) check "$2" "$3" ;;
  notices) notices "${@:2}" ;;
  runtime-notices) runtime_notices "$2" ;;
  *) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 64 ;;
esac
