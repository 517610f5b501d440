using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions.Carts;

namespace GuestSessions.Core.Events;

/// <summary>
/// What a rejected event is about, whatever is wrong with its envelope: members in other letters, lists, wrappers and texts
/// around objects, and an event without its envelope are read too. Support asks for rejections by it; nothing is recorded
/// by it.
/// </summary>
/// <param name="Guest">The guest as the caller named it, valid or not.</param>
/// <param name="EventId">The caller's id, valid or not.</param>
/// <param name="Type">As ingest reads a type.</param>
/// <param name="OrderReference">The order that it names.</param>
public sealed record EventSubject(string? Guest, string? EventId, string? Type, string? OrderReference)
{
    /// <summary>Deeper than any envelope may be, so that one that is too deep says what it is about.</summary>
    private const int Depth = 64;

    /// <summary>Maximum number of lists, wrappers and texts within each other.</summary>
    private const int Levels = 8;

    private static readonly string[] Names = ["guest", "event_id", "type", "event", "events", "order", "referenceId"];

    /// <summary>Attributes of events, folded. Objects in any other member may be events.</summary>
    private static readonly FrozenSet<string> Attributes = TypeRules.All
        .Concat(AttributeRules.Named).Concat(AttributeRules.Further)
        .Select(static rule => Spelling.Fold(rule.Name)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Nothing could be read.</summary>
    public static readonly EventSubject Unknown = new(null, null, null, null);

    /// <summary>What each event in a body is about, in their order; at least one, unknown where the body is no JSON.</summary>
    /// <param name="utf8">An envelope, or a body around some.</param>
    /// <param name="most">Maximum number of subjects; later ones are left out.</param>
    public static IReadOnlyList<EventSubject> AllOf(ReadOnlyMemory<byte> utf8, int most)
    {
        using var document = StrictJson.ParseRepeating(LoneSurrogates.Replace(utf8), Depth);
        return document is null ? [Unknown] : AllOf(document.RootElement, most);
    }

    internal static IReadOnlyList<EventSubject> AllOf(JsonElement root, int most)
    {
        EventSubject[] found = [.. Within(root, Unknown, Levels).Take(most)];
        return found.Length > 0 ? found : [Unknown];
    }

    private static IEnumerable<EventSubject> Within(JsonElement value, EventSubject around, int levels) =>
        Objects(value, levels).SelectMany(body => Of(body, around, levels - 1));

    /// <summary>What an object adds to what is known around it; the events in it, or else the object itself.</summary>
    private static IEnumerable<EventSubject> Of(JsonElement body, EventSubject around, int levels)
    {
        var members = Members(body);
        string[] orders = [.. Texts(members["referenceId"])
            .Concat(members["order"].SelectMany(order => Objects(order.Value, levels))
                .SelectMany(static order => Texts(Members(order)["referenceId"]))).Distinct()];
        var own = new EventSubject(
            Texts(members["guest"]).FirstOrDefault() ?? around.Guest,
            Texts(members["event_id"]).FirstOrDefault() ?? around.EventId,
            Texts(members["type"]).FirstOrDefault() is { } type ? EventTypes.Read(type) : around.Type,
            orders.FirstOrDefault() ?? around.OrderReference);

        EventSubject[] inner = [.. members["event"].Concat(members["events"])
            .SelectMany(member => Within(member.Value, own, levels))];
        if (inner.Length == 0 && orders.Length == 0 && (own.Type is null || Orders.CanBeMadeBy(own.Type)))
            inner = [.. members[null].Where(static member => !Attributes.Contains(Spelling.Fold(member.Name)))
                .SelectMany(member => Within(member.Value, own, levels)).Where(subject => subject.IsEventIn(own))];
        return inner.Length > 0 ? inner
            : orders.Length > 0 ? orders.Select(order => own with { OrderReference = order })
            : own != around ? [own]
            : [];
    }

    /// <summary>Distinguishes an event in a wrapper from other objects there, which may have an id and a type too.</summary>
    private bool IsEventIn(EventSubject wrapper) => Guest != wrapper.Guest || OrderReference != wrapper.OrderReference
        || (Type is not null && EventTypes.Standard.Contains(Type));

    /// <summary>An object, or the objects in a list or in a text that holds JSON.</summary>
    private static IEnumerable<JsonElement> Objects(JsonElement element, int levels) => element.ValueKind switch
    {
        _ when levels == 0 => [],
        JsonValueKind.Object => [element],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Objects(item, levels - 1)),
        JsonValueKind.String => Parse(element.GetString()!) is { } inner ? Objects(inner, levels - 1) : [],
        _ => [],
    };

    private static JsonElement? Parse(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[' or '"', ..])
            return null;
        using var document = StrictJson.ParseRepeating(LoneSurrogates.Replace(Encoding.UTF8.GetBytes(text)), Depth);
        return document?.RootElement.Clone();
    }

    /// <summary>By the name that was meant; null for other names.</summary>
    private static ILookup<string?, JsonProperty> Members(JsonElement body) => body.EnumerateObject()
        .ToLookup(static member => Names.Contains(member.Name) ? member.Name : Spelling.MeantBy(member.Name, Names));

    private static IEnumerable<string> Texts(IEnumerable<JsonProperty> members) => members
        .Select(static member => member.Value.ValueKind switch
        {
            JsonValueKind.String => member.Value.GetString()!,
            JsonValueKind.Number => member.Value.GetRawText(),
            _ => "",
        })
        .Where(static text => text.Length is > 0 and <= SearchTerm.LongestReference);
}
