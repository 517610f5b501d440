using System.Text.Json;

namespace GuestSessions.Api.Authentication.People;

/// <summary>Reads a claim in the forms in which providers write lists.</summary>
internal static class ClaimValues
{
    /// <summary>
    /// The texts of a claim: the items of a list, or the words of a text. A name with dots leads into nested claims, unless there
    /// is a claim with the whole name.
    /// </summary>
    public static IEnumerable<string> ListOf(JsonElement claims, string name) => Find(claims, name) switch
    {
        { ValueKind: JsonValueKind.String } text =>
            text.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        { ValueKind: JsonValueKind.Array } items => items.EnumerateArray()
            .Where(static item => item.ValueKind == JsonValueKind.String)
            .Select(static item => item.GetString()!)
            .Where(static item => item.Length > 0),
        _ => [],
    };

    /// <summary>A claim that is one text; null for any other.</summary>
    public static string? TextOf(JsonElement claims, string name) =>
        Find(claims, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Find(JsonElement claims, string name)
    {
        if (claims.ValueKind != JsonValueKind.Object)
            return null;
        if (claims.TryGetProperty(name, out var whole))
            return whole;
        // A part of the name may have dots itself: a client of Keycloak is often named after its host.
        for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = name.IndexOf('.', dot + 1))
        {
            if (claims.TryGetProperty(name[..dot], out var outer) && Find(outer, name[(dot + 1)..]) is { } found)
                return found;
        }

        return null;
    }
}
