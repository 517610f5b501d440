using System.Text.Json;
using System.Text.Json.Nodes;

namespace GuestSessions.Client;

/// <summary>Members that no class names, in the form in which the serializer writes them beside the named ones.</summary>
internal static class FurtherMembers
{
    /// <returns>Null for none.</returns>
    public static Dictionary<string, JsonElement>? Of(JsonObject? members) => members is not { Count: > 0 }
        ? null
        : members.ToDictionary(
            static member => member.Key, static member => JsonElement.Parse(member.Value?.ToJsonString() ?? "null"));
}
