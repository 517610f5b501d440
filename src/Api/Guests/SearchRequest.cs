using System.Text.Json;
using GuestSessions.Api.Errors;
using GuestSessions.Core.Events;
using GuestSessions.Core.Journal;

namespace GuestSessions.Api.Guests;

/// <summary>A checked <see cref="SearchBody"/>.</summary>
internal sealed record SearchRequest(SearchTerm Term, string? After, int Limit)
{
    private const int LongestValue = 1024;

    private static readonly string[] Texts = ["provider", "id", "browser_id", "order_reference", "after"];

    /// <summary>Exactly one of the two results is null.</summary>
    public static (SearchRequest? Search, Refusal? Refused) Read(ReadOnlyMemory<byte> body, int depth)
    {
        var (document, fault) = StrictJson.Parse(body, depth);
        if (document is null)
            return (null, fault!.Code == "malformed_json"
                ? Refusals.MalformedJson(fault.Detail)
                : Refusals.Invalid([fault]));

        using (document)
        {
            var errors = new List<Violation>();
            var search = Read(document.RootElement, errors);
            return errors.Count == 0 ? (search, null) : (null, Refusals.Invalid(errors));
        }
    }

    private static SearchRequest? Read(JsonElement root, List<Violation> errors)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            errors.Add(new Violation("wrong_type", "", "Expected an object."));
            return null;
        }

        var given = new Dictionary<string, string>();
        var limit = PageLimit.Default;
        foreach (var member in root.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null
                && (member.NameEquals("limit"u8) || Texts.Contains(member.Name)))
                continue; // said to be absent
            if (member.NameEquals("limit"u8))
            {
                if (member.Value.ValueKind != JsonValueKind.Number || !member.Value.TryGetInt32(out limit)
                    || !PageLimit.IsValid(limit))
                    errors.Add(new Violation("invalid_limit", "/limit", PageLimit.Expected));
            }
            else if (!Texts.Contains(member.Name))
                errors.Add(new Violation(
                    "unknown_member", "", $"Expected only {string.Join(", ", Texts)} and limit."));
            else if (member.Value.ValueKind != JsonValueKind.String
                || CleanText.Of(member.Value.GetString()!) is not { Length: > 0 and <= LongestValue } text)
                errors.Add(new Violation("wrong_type", $"/{member.Name}",
                    $"Expected a string of 1 to {LongestValue} characters."));
            else
                given.Add(member.Name, text);
        }

        var after = given.Remove("after", out var next) ? next : null;
        if (errors.Count > 0)
            return null;
        if (TermOf(given) is { } term)
            return new SearchRequest(term, after, limit);

        errors.Add(new Violation("invalid_search", "",
            "Expected either provider and id, or browser_id, or order_reference."));
        return null;
    }

    private static SearchTerm? TermOf(Dictionary<string, string> given)
    {
        if (given.Count == 2
            && given.TryGetValue("provider", out var provider) && given.TryGetValue("id", out var id))
            return SearchTerm.Identifier(provider, id);
        if (given.Count != 1)
            return null;
        if (given.TryGetValue("browser_id", out var browserId))
            return SearchTerm.BrowserId(browserId);
        return given.TryGetValue("order_reference", out var reference)
            ? SearchTerm.OrderReference(reference)
            : null;
    }
}
