using System.Text.Json;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Events;

/// <summary>
/// Reads the <c>identifiers</c> of an IDENTITY event or of an identifiers request. Identity resolution uses
/// nothing else, and the SDKs refuse an empty list too. Source:
/// https://doc.sitecore.com/personalize/en/developers/api/identity-event.html
/// </summary>
internal static class IdentifierList
{
    private const string Member = "identifiers";

    /// <summary>The identifiers; incomplete where a violation was noted.</summary>
    /// <param name="parent">The object that holds them.</param>
    /// <param name="path">Its path.</param>
    /// <param name="limit">How many one request may bring.</param>
    /// <param name="closed">
    /// Refuse members of an identifier that are not known, as our own requests do.
    /// </param>
    /// <param name="found">Where violations go.</param>
    public static IReadOnlyList<Identifier> Read(
        JsonElement parent, string path, int limit, bool closed, Violations found)
    {
        var at = JsonPointer.To(path, Member);
        if (!parent.TryGetProperty(Member, out var list))
        {
            found.Error("missing_attribute", at, "Expected an array of identifiers; it is absent.");
            return [];
        }

        if (!list.Is(JsonValueKind.Array, at, found))
            return [];
        var count = list.GetArrayLength();
        if (count == 0)
            found.Error("empty_identifiers", at, "Expected at least one identifier.");
        if (count > limit)
        {
            found.Error("too_many_identifiers", at, $"Expected at most {limit} identifiers; got {count}.");
            return [];
        }

        var identifiers = new List<Identifier>(count);
        foreach (var item in list.EnumerateArray())
        {
            if (One(item, JsonPointer.To(at, identifiers.Count), closed, found) is { } identifier)
                identifiers.Add(identifier);
        }

        return identifiers;
    }

    private static Identifier? One(JsonElement item, string path, bool closed, Violations found)
    {
        if (!item.Is(JsonValueKind.Object, path, found))
            return null;
        var provider = item.RequiredText("provider", path, "invalid_identifier", found);
        var id = item.RequiredText("id", path, "invalid_identifier", found);
        if (id is not null && GuestIds.IsJunkIdentifier(id))
            found.Error("junk_identifier", JsonPointer.To(path, "id"),
                "Expected the id of one guest; got a placeholder.");
        CheckLength(provider, "provider", Identifier.LongestProvider, path, found);
        CheckLength(id, "id", Identifier.LongestId, path, found);
        var expiry = ExpiryDate(item, path, found);
        if (closed)
        {
            foreach (var member in item.EnumerateObject())
            {
                if (member.Name is not ("provider" or "id" or "expiry_date"))
                    found.Error("unknown_member", JsonPointer.To(path, member.Name),
                        "Expected only provider, id and expiry_date.");
            }
        }

        return provider is null || id is null ? null : new Identifier(provider, id, expiry);
    }

    private static void CheckLength(string? text, string member, int longest, string path, Violations found)
    {
        if (text?.Length > longest)
            found.Error("invalid_identifier", JsonPointer.To(path, member),
                $"Expected at most {longest} characters; got {text.Length}.");
    }

    private static string? ExpiryDate(JsonElement item, string path, Violations found)
    {
        var at = JsonPointer.To(path, "expiry_date");
        if (!item.TryGetProperty("expiry_date", out var value) || !value.Is(JsonValueKind.String, at, found))
            return null;

        // SDKs send 2030-01-01T00:00, the documentation shows seconds and Z: any ISO 8601 date will do.
        if (!value.TryGetDateTime(out _))
            found.Error("invalid_expiry_date", at, "Expected an ISO 8601 date, like 2030-01-01T00:00.");
        return value.GetString();
    }
}
