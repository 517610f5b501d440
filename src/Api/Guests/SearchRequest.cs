using System.Text.Json;
using GuestSessions.Api.Errors;
using GuestSessions.Core.Events;
using GuestSessions.Core.Journal;

namespace GuestSessions.Api.Guests;

/// <summary>A checked <see cref="SearchBody"/>.</summary>
/// <param name="Terms">Index terms; a guest that has any of them is found.</param>
/// <param name="Guest">The value to search as a guest id too; null if it is not meant as one.</param>
/// <param name="OrderReference">The order to search among the rejections too; null if it is not meant as one.</param>
internal sealed record SearchRequest(
    IReadOnlyList<SearchTerm> Terms, string? Guest, string? OrderReference, string? After, int Limit)
{
    private const int LongestValue = 1024;

    /// <summary>The text of a search for any kind of value; otherwise null.</summary>
    public string? Text { get; private init; }

    /// <summary>Where to go on comparing the text with the ids of events; null for a new search.</summary>
    public JournalPlace? EventsBefore { get; private init; }

    private const string EventsBeforeName = "events_before";

    private static readonly string[] Texts = ["provider", "id", "browser_id", "order_reference", "text", "after", EventsBeforeName];

    private static readonly string[] Names = [.. Texts, "limit"];

    /// <summary>Exactly one of the two results is null.</summary>
    public static (SearchRequest? Search, Refusal? Refused) Read(ReadOnlyMemory<byte> body, int depth)
    {
        var (document, fault) = StrictJson.Parse(body, depth);
        if (document is null)
            return (null, fault!.Code == EventCodes.MalformedJson
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
            errors.Add(new Violation(EventCodes.WrongType, "", "Expected an object."));
            return null;
        }

        var given = new Dictionary<string, string>();
        var limit = PageLimit.Default;
        foreach (var member in root.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null
                && (member.NameEquals("limit"u8) || Texts.Contains(member.Name)))
                continue; // An explicit null means absent.
            if (member.NameEquals("limit"u8))
            {
                if (member.Value.ValueKind != JsonValueKind.Number || !member.Value.TryGetInt32(out limit)
                    || !PageLimit.IsValid(limit))
                    errors.Add(new Violation("invalid_limit", "/limit", PageLimit.Expected));
            }
            else if (!Texts.Contains(member.Name))
                errors.Add(new Violation(
                    EventCodes.UnknownMember, JsonPointer.To("", member.Name),
                    $"Expected only {string.Join(", ", Texts)} and limit.{Spelling.Advice(Spelling.Nearest(member.Name, Names))}"));
            else if (member.Value.ValueKind != JsonValueKind.String
                || CleanText.Of(member.Value.GetString()!) is not { Length: > 0 and <= LongestValue } text
                || SearchTerm.Normalised(text).Length == 0)
                errors.Add(new Violation(EventCodes.WrongType, $"/{member.Name}",
                    $"Expected a string of 1 to {LongestValue} characters that are not all blank."));
            else if (MaskMarks.IsMarked(text))
                errors.Add(MaskedValue(member.Name));
            else
                given.Add(member.Name, text);
        }

        var after = given.Remove("after", out var next) ? next : null;
        JournalPlace? events = null;
        if (given.Remove(EventsBeforeName, out var before))
        {
            if (given.ContainsKey("text") && after is null && JournalPlace.TryParse(before, out var place))
                events = place;
            else
                errors.Add(InvalidPlace);
        }

        if (errors.Count > 0)
            return null;
        if (Of(given, after, limit) is not { } search)
            errors.Add(new Violation("invalid_search", "",
                "Expected either provider and id, or browser_id, or order_reference, or text."));
        else if (given.TryGetValue("browser_id", out var browserId) && !SearchTerm.IsBrowserId(browserId))
            errors.Add(new Violation(EventCodes.InvalidBrowserId, "/browser_id", "Expected a UUID; no browser has another id."));
        else
            return search with { EventsBefore = events };
        return null;
    }

    private static SearchRequest? Of(Dictionary<string, string> given, string? after, int limit)
    {
        if (given.Count == 2
            && given.TryGetValue("provider", out var provider) && given.TryGetValue("id", out var id))
            return new SearchRequest([SearchTerm.Identifier(provider, id)], null, null, after, limit);
        if (given.Count != 1)
            return null;
        if (given.TryGetValue("browser_id", out var browserId))
            return new SearchRequest([SearchTerm.BrowserId(browserId)], null, null, after, limit);
        if (given.TryGetValue("order_reference", out var reference))
            return new SearchRequest([SearchTerm.OrderReference(reference)], null, reference, after, limit);
        return given.TryGetValue("text", out var text) ? OfText(text) with { After = after, Limit = limit } : null;
    }

    /// <summary>A search for any kind of value.</summary>
    /// <param name="text">Not blank.</param>
    public static SearchRequest OfText(string text) => new(
        [SearchTerm.Text(text), SearchTerm.BrowserId(text), SearchTerm.OrderReference(text)], text, text, null,
        PageLimit.Default)
    {
        Text = text,
    };

    /// <summary>A text that a person typed; exactly one of the two results is null.</summary>
    /// <param name="eventsBefore">Empty for a new search.</param>
    public static (SearchRequest? Search, Refusal? Refused) Read(string text, string eventsBefore)
    {
        JournalPlace place = default;
        if (eventsBefore.Length > 0 && !JournalPlace.TryParse(eventsBefore, out place))
            return (null, Refusals.Invalid([InvalidPlace]));
        var clean = CleanText.Of(text);
        if (clean.Length is 0 or > LongestValue || SearchTerm.Normalised(clean).Length == 0)
            return (null, Refusals.Invalid([new Violation(
                EventCodes.WrongType, "/text", $"Expected 1 to {LongestValue} characters that are not all blank.")]));
        return MaskMarks.IsMarked(clean)
            ? (null, Refusals.Invalid([MaskedValue("text")]))
            : (OfText(clean) with { EventsBefore = eventsBefore.Length > 0 ? place : null }, null);
    }

    private static Violation InvalidPlace { get; } = new(
        EventCodes.WrongType, $"/{EventsBeforeName}", "Expected the events.next of an answer, beside its text and without after.");

    private static Violation MaskedValue(string member) => new(
        EventCodes.MaskedValue, $"/{member}", "Expected the value itself: a masked value finds no guest.");
}
