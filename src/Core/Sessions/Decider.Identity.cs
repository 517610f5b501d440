using System.Buffers;
using System.Text.Json;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;

namespace GuestSessions.Core.Sessions;

public static partial class Decider
{
    /// <summary>
    /// The <c>page</c> of an IDENTITY event that the service composes itself, if no session that the upstream has open has a
    /// page: the upstream requires one. It is no page of the guest's, so it does not count as one here.
    /// </summary>
    public const string IdentityPage = "identity";

    private static readonly RememberOutcome TooManyIdentifiers =
        new(new RecordOutcome(RecordDecision.Rejected, Code: EventCodes.TooManyIdentifiers));

    public static Decision<RememberOutcome> Remember(GuestSession session, RememberIdentifiers command)
    {
        // The IDENTITY event is dropped with a receipt, and the identifiers are not kept.
        if (session.ConsentDenied is not null)
        {
            var dropped = Drop(session, new RecordEvent(
                command.Guest, command.EventId, default, Identity(session, command, []), OccurredAt: null,
                command.ReceivedAt, OrderFloor: null, command.Settle, command.TraceParent, command.Now));
            return new Decision<RememberOutcome>(dropped.Events, new RememberOutcome(dropped.Result));
        }

        var changes = session.Identifiers.Changes(command.Identifiers);
        ContentHash? profileHash = command.Profile.IsEmpty ? null : ContentHash.Of(command.Profile.Bytes.Span);
        if (changes.Count == 0 && (profileHash is null || profileHash == session.Identifiers.ProfileHash))
            return Nothing(new RememberOutcome());
        if (IsTooMuch(session, changes))
            return Nothing(TooManyIdentifiers);

        if (Travelling(session, command, changes).Count == 0)
            return Remembered(session, command, changes, profileHash);
        var identity = Identity(session, command, changes);
        if (identity.Size > session.Limits.IdentityBytes)
            return Nothing(TooManyIdentifiers);
        var decision = Record(session, new RecordEvent(
            command.Guest, command.EventId, ContentHash.Of(identity.Body.Bytes.Span), identity, OccurredAt: null,
            command.ReceivedAt, OrderFloor: null, command.Settle, command.TraceParent, command.Now));
        var events = decision.Events
            .Select(@event => @event is IdentifiersRemembered remembered
                ? remembered with { ProfileHash = profileHash }
                : @event)
            .ToList();

        // A profile alone changes no identifier, so recording its event has not remembered it.
        if (changes.Count == 0 && decision.Result.Decision == RecordDecision.Accepted)
            events.Insert(events.Count - 1, new IdentifiersRemembered([], command.Now, profileHash));
        return new Decision<RememberOutcome>(events, new RememberOutcome(decision.Result));
    }

    /// <summary>
    /// Only remembers the identifiers: no identity rule could match any of them, so nothing is sent upstream.
    /// </summary>
    private static Decision<RememberOutcome> Remembered(
        GuestSession session, RememberIdentifiers command, IReadOnlyList<Identifier> changes, ContentHash? profileHash)
    {
        List<SessionEvent> events = [new IdentifiersRemembered(changes, command.Now, profileHash)];
        if (session.Guest is null)
            events.Insert(0, new GuestOpened(command.Guest, command.Now));
        return new Decision<RememberOutcome>(events, new RememberOutcome());
    }

    /// <summary>
    /// The identifiers of the IDENTITY event. The upstream stops at the first rule that matches, so each event
    /// carries every known identifier that a rule could match.
    /// </summary>
    private static List<Identifier> Travelling(
        GuestSession session, RememberIdentifiers command, IReadOnlyList<Identifier> changes)
        => [.. session.Identifiers.With(changes).Where(known => !known.IsExpiredAt(command.ReceivedAt)
            && (command.IdentityRules.Count == 0 || command.IdentityRules.Contains(known.Provider)))];

    private static StreamEvent Identity(
        GuestSession session, RememberIdentifiers command, IReadOnlyList<Identifier> changes)
    {
        // A browser that now belongs to another guest no longer counts for this one.
        var latest = session.Sessions.All
            .Where(known => known.BrowserId is null || session.Browsers.Held(known.BrowserId) is not null)
            .MaxBy(static known => known.LastActivityAt);
        var common = CommonOf(latest, command);
        var page = session.Sessions.LastPageUpstream(
            known => session.IsOf(known, latest?.BrowserId), common.Channel, command.ReceivedAt);

        return new StreamEvent
        {
            Type = EventTypes.Identity,
            Channel = common.Channel,
            PointOfSale = common.PointOfSale,
            Page = page,
            BrowserId = latest?.BrowserId,
            Body = IdentityBody(common, page ?? IdentityPage, Travelling(session, command, changes), command.Profile),
            Identifiers = command.Identifiers,
            SessionTimeout = common.SessionTimeout,
            Warnings = command.Warnings,
        };
    }

    /// <summary>The attributes of the guest's latest session, with the language of its point of sale.</summary>
    private static CommonEventAttributes CommonOf(UpstreamSession? latest, RememberIdentifiers command)
    {
        if (latest is null)
            return command.Common;
        var defaults = command.DefaultsOf(latest.PointOfSale);
        return new CommonEventAttributes(
            latest.Channel, defaults.Language ?? command.Common.Language, defaults.Currency ?? command.Common.Currency,
            latest.PointOfSale, latest.Timeout);
    }

    private static Utf8Json IdentityBody(
        CommonEventAttributes common, string page, IEnumerable<Identifier> identifiers, Utf8Json profile)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", EventTypes.Identity);
            json.WriteString("channel", common.Channel);
            json.WriteString("language", common.Language);
            json.WriteString("currency", common.Currency);
            json.WriteString("page", page);
            json.WriteString("pos", common.PointOfSale);
            json.WriteStartArray("identifiers");
            WriteIdentifiers(json, identifiers);
            json.WriteEndArray();
            WriteMembers(json, profile);
            json.WriteEndObject();
        }

        return new Utf8Json(buffer.WrittenMemory.ToArray());
    }

    private static void WriteIdentifiers(Utf8JsonWriter json, IEnumerable<Identifier> identifiers)
    {
        foreach (var identifier in identifiers)
        {
            json.WriteStartObject();
            json.WriteString("provider", identifier.Provider);
            json.WriteString("id", identifier.Id);
            if (identifier.ExpiryDate is { } expiry)
                json.WriteString("expiry_date", expiry);
            json.WriteEndObject();
        }
    }

    private static void WriteMembers(Utf8JsonWriter json, Utf8Json members)
    {
        if (members.IsEmpty)
            return;
        using var document = JsonDocument.Parse(members.Bytes);
        foreach (var member in document.RootElement.EnumerateObject())
            member.WriteTo(json);
    }
}
