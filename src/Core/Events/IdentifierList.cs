using System.Text.Json;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Events;

/// <summary>
/// Reads the <c>identifiers</c> of an IDENTITY event or of an identifiers request. Identity resolution uses
/// nothing else, and the SDKs refuse an empty list too. Source:
/// https://doc.sitecore.com/personalize/en/developers/api/identity-event.html
/// </summary>
/// <param name="limits">The limit per request, and the placeholders.</param>
/// <param name="tenant">The tenant's identity rules.</param>
/// <param name="found">Where violations go.</param>
/// <param name="event">
/// Receives the values of an IDENTITY event that are sent differently from how they came. Null for our own requests:
/// they reject unknown members, and nothing of them is sent as it came.
/// </param>
/// <param name="now">The time of receipt of our own requests: identifiers that have expired by then get a warning.</param>
internal sealed class IdentifierList(
    IngestOptions limits, TenantRulesOptions tenant, Violations found, DefaultedMembers? @event = null,
    DateTimeOffset? now = null)
{
    private const string Member = "identifiers";

    public const string Example = """{"provider":"…","id":"…"}""";

    public static readonly string[] Members = ["provider", "id", "expiry_date"];

    private static readonly MemberNames Names = new(Members);

    private static readonly MemberNames InIdentity = MemberNames.OfEvent(EventTypes.Identity);

    /// <summary>The identifiers; incomplete if there are errors.</summary>
    /// <param name="parent">The object that holds them.</param>
    /// <param name="path">Its path.</param>
    public IReadOnlyList<Identifier> Read(JsonElement parent, string path)
    {
        var at = JsonPointer.To(path, Member);
        if (!parent.TryGetProperty(Member, out var list))
        {
            found.Missing(at, "an array of identifiers", InIdentity.AdviceFor(Member, parent));
            return [];
        }

        if (!list.Is(JsonValueKind.Array, at, found, Example, isRequired: true))
        {
            Enclosed(list, at, []);
            return [];
        }

        var count = list.GetArrayLength();
        var limit = limits.Limits.Identifiers;
        if (count == 0)
            found.Error(EventCodes.EmptyIdentifiers, at, "Expected at least one identifier.");
        if (count > limit)
        {
            found.Error(EventCodes.TooManyIdentifiers, at, $"Expected at most {limit} identifiers; got {count}.");
            return [];
        }

        var identifiers = new List<Identifier>(count);
        var index = 0;
        foreach (var item in list.EnumerateArray())
            One(item, new Place(at, index++), identifiers);
        return identifiers;
    }

    /// <summary>Reports errors inside a value of another shape too.</summary>
    private void Enclosed(JsonElement value, string path, List<Identifier> identifiers)
        => EnclosedObjects.Check(value, path, found, (item, at) => One(item, at, identifiers));

    /// <summary>An item that is no valid identifier is not remembered, whatever happens to the event.</summary>
    /// <param name="item">The identifier.</param>
    /// <param name="path">Its path.</param>
    /// <param name="identifiers">Where it goes.</param>
    /// <param name="isBare">It stands where the list should.</param>
    public void One(JsonElement item, Place path, List<Identifier> identifiers, bool isBare = false)
    {
        if (!item.Is(JsonValueKind.Object, path, found, Example))
        {
            Enclosed(item, path.ToString(), identifiers);
            return;
        }

        var provider = Text(item, "provider", Identifier.LongestProvider, path);
        var id = Text(item, "id", Identifier.LongestId, path);
        if (id is not null && GuestIds.IsJunkIdentifier(id, limits.JunkIdentifiers))
        {
            found.Error(EventCodes.JunkIdentifier, path.Then("id"),
                "Expected the id of one guest; got a placeholder.");
            id = null;
        }

        var expiry = ExpiryDate(item, path);
        if (@event is null)
            RefuseOthers(item, path, isBare);
        else
            Names.Check(item, path, found);
        if (provider is not null)
            IdentityRuleCheck.Check(provider, path, tenant, found);
        if (provider is null || id is null)
            return;
        var identifier = new Identifier(provider, id, expiry);
        identifiers.Add(identifier);
        if (now is { } at && identifier.IsExpiredAt(at))
            found.Warn(EventCodes.ExpiredIdentifier, path.Then("expiry_date"),
                "It is in the past. The identifier is stored, but not sent with an IDENTITY event.");
    }

    /// <summary>A text as it is compared: without white space around it and without invisible characters.</summary>
    private string? Text(JsonElement item, string name, int longest, Place path)
    {
        const string code = EventCodes.InvalidIdentifier;
        if (!item.TryGetProperty(name, out var value))
        {
            found.Missing(path.Then(name), "a string", Names.AdviceFor(name, item));
            return null;
        }

        if (value.RequiredText(name, path, code, found) is not { } text)
            return null;
        var clean = CleanText.Of(text);
        if (clean.Length > longest)
        {
            found.Fatal(code, path.Then(name), $"Expected at most {longest} characters; got {clean.Length}.");
            return null;
        }

        if (clean == text)
            return text;
        var at = path.Then(name);
        if (clean.Length == 0)
        {
            found.Error(name == "id" ? EventCodes.JunkIdentifier : code, at,
                "Expected visible characters; got only blanks and invisible characters.");
            return null;
        }

        @event?.Amend(at, clean);
        found.Warn(EventCodes.Normalised, at, "It is used without the blanks around it and without invisible characters.");
        return clean;
    }

    private void RefuseOthers(JsonElement item, Place path, bool isBare)
    {
        foreach (var member in item.EnumerateObject())
        {
            if (!Members.Contains(member.Name) && !(isBare && member.Name == "profile"))
                found.Error(EventCodes.UnknownMember, path.Then(member.Name),
                    "Expected only provider, id and expiry_date."
                    + Spelling.Advice(Spelling.Nearest(member.Name, Members)));
        }
    }

    private string? ExpiryDate(JsonElement item, Place path)
    {
        const string member = "expiry_date";
        if (!item.TryGetProperty(member, out var value)
            || (@event is null && value.ValueKind == JsonValueKind.Null))
            return null;
        const string expected = "an ISO 8601 date, like 2030-01-01T00:00";
        if (value.ValueKind != JsonValueKind.String)
        {
            // A number is no date in quotes either.
            found.WrongType(path.Then(member), expected, value);
            return null;
        }

        // SDKs send 2030-01-01T00:00, the documentation shows seconds and Z: any ISO 8601 date is accepted, and sent in the
        // form of the SDKs.
        var text = value.GetString()!;
        if (!value.TryGetDateTime(out _) || Times.ToUtcMinutes(text) is not { } sent)
        {
            found.Error(EventCodes.InvalidExpiryDate, path.Then(member), $"Expected {expected}.");
            return null;
        }

        if (sent != text)
        {
            var at = path.Then(member);
            @event?.Amend(at, sent);
            found.Warn(EventCodes.Normalised, at, $"Expected a date like 2030-01-01T00:00; it is sent as \"{sent}\".");
        }

        return sent;
    }
}
