using System.Text.Json;
using GuestSessions.Core.Journal;

namespace GuestSessions.Core.Events;

/// <summary>
/// What a rejected event is about, whatever is wrong with its envelope: members in other letters, lists around objects, and an
/// event without its envelope are read too. Support asks for rejections by it; nothing is recorded by it.
/// </summary>
/// <param name="Guest">The guest as the caller named it, valid or not.</param>
/// <param name="EventId">The caller's id, valid or not.</param>
/// <param name="Type">As ingest reads a type.</param>
/// <param name="OrderReference">The order that it names.</param>
public sealed record EventSubject(string? Guest, string? EventId, string? Type, string? OrderReference)
{
    /// <summary>Deeper than any envelope may be, so that one that is too deep says what it is about.</summary>
    private const int Depth = 64;

    private static readonly EventSubject Unknown = new(null, null, null, null);

    /// <summary>Reads what can be read; every member is null where the body is no JSON.</summary>
    /// <param name="utf8">An envelope, or a body around some.</param>
    public static EventSubject Of(ReadOnlyMemory<byte> utf8)
    {
        using var document = StrictJson.ParseRepeating(utf8, Depth);
        return document is null ? Unknown : Of(document.RootElement);
    }

    internal static EventSubject Of(JsonElement root)
    {
        JsonElement[] envelopes = [.. Objects(root), .. Objects(root).SelectMany(static body => Within(body, "events"))];
        JsonElement[] events = [.. envelopes.SelectMany(static envelope => Within(envelope, "event")), .. envelopes];
        JsonElement[] orders = [.. events, .. events.SelectMany(static @event => Within(@event, "order"))];
        return new EventSubject(
            Text(envelopes, "guest"), Text(envelopes, "event_id"),
            Text(events, "type") is { } type ? EventTypes.Read(type) : null, Text(orders, "referenceId"));
    }

    /// <summary>An object, or the objects of a list.</summary>
    private static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => [element],
        JsonValueKind.Array => element.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.Object),
        _ => [],
    };

    private static IEnumerable<JsonElement> Within(JsonElement parent, string name) => Members(parent, name).SelectMany(Objects);

    private static IEnumerable<JsonElement> Members(JsonElement parent, string name) => parent.EnumerateObject()
        .Where(member => member.NameEquals(name) || Spelling.MeantBy(member.Name, [name]) is not null)
        .Select(static member => member.Value);

    private static string? Text(IEnumerable<JsonElement> parents, string name) => parents
        .SelectMany(parent => Members(parent, name))
        .Select(static value => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        })
        .FirstOrDefault(static text => text is { Length: > 0 and <= SearchTerm.LongestReference });
}
