#!/usr/bin/env bash
# Generates two C# clients from obj/generated/v1.json, and builds a program that calls both.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

dotnet tool restore --verbosity quiet
dotnet kiota generate --language CSharp --openapi obj/generated/v1.json --output obj/generated/kiota --clean-output --log-level Error \
  --class-name SessionsClient --namespace-name GuestSessions.Kiota --exclude-backward-compatible \
  --serializer Microsoft.Kiota.Serialization.Json.JsonSerializationWriterFactory \
  --deserializer Microsoft.Kiota.Serialization.Json.JsonParseNodeFactory
dotnet nswag openapi2csclient /input:obj/generated/v1.json /output:obj/generated/NSwag.cs /className:SessionsClient \
  /namespace:GuestSessions.NSwag /JsonLibrary:SystemTextJson /GenerateOptionalPropertiesAsNullable:true /UseBaseUrl:false
dotnet build --configuration Release --verbosity quiet --nologo -p:RestoreLockedMode=true
