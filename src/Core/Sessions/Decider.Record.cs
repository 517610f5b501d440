using GuestSessions.Core.Events;

namespace GuestSessions.Core.Sessions;

/// <summary>
/// Decides what a command does to a session: reads the state, never changes it. Time, ids and random values are in
/// the commands.
/// </summary>
public static partial class Decider
{
    /// <summary>A clock further off than this is not trusted for order.</summary>
    public static readonly TimeSpan LongestClockSkew = TimeSpan.FromMinutes(5);

    public static Decision<RecordOutcome> Record(GuestSession session, RecordEvent command)
    {
        if (session.Dedup.TryGet(command.EventId, out var known))
            return Nothing(known.Hash == command.Hash || known.Hash == default
                ? new RecordOutcome(RecordDecision.Duplicate, known.Sequence, Found: Repeated(known, command))
                : new RecordOutcome(RecordDecision.Rejected, Code: EventCodes.EventIdReused));
        if (session.ConsentDenied is not null)
            return Drop(session, command);
        if (command.Quarantine is { } reason)
            return Quarantine(session, command, reason);

        if (FindBound(session, command, out var changes) is { } refused)
            return Nothing(refused);

        // Linking the browser brings its sessions, which pre-flight needs.
        if (LacksBrowser(session, command))
            return Nothing(new RecordOutcome(RecordDecision.NeedsBrowser));

        var current = session.OpenSessionOf(command.Event.BrowserId, command.Event.Channel, command.ReceivedAt);
        var found = Preflight.Of(session, current, command);
        if (command.Rules.Strict && !command.IsLenient && found.Count > 0)
            return Nothing(new RecordOutcome(RecordDecision.Rejected, Code: found[0].Code, Found: found));

        List<SessionEvent> events = [];
        if (session.Guest is null)
            events.Add(new GuestOpened(command.Guest, command.Now));
        if (changes.Count > 0)
            events.Add(new IdentifiersRemembered(changes, command.Now));
        var number = SessionFor(session, current, command, events);
        var recorded = Recorded(session, WithKnownIdentifiers(session, command), number, current, found);
        if (Superseded(session, recorded, command.Now) is { } superseded)
            events.Add(superseded);
        events.Add(recorded);
        return new Decision<RecordOutcome>(events, new RecordOutcome(
            RecordDecision.Accepted, recorded.Sequence, OrderAt: recorded.OrderAt, Found: found));
    }

    /// <summary>
    /// Whether an event would be accepted if the guest owned its browser: the browser must be linked first.
    /// </summary>
    public static bool NeedsBrowser(GuestSession session, RecordEvent command) =>
        LacksBrowser(session, command)
        && command.Quarantine is null
        && session.ConsentDenied is null
        && !session.Dedup.TryGet(command.EventId, out _)
        && FindBound(session, command, out _) is null;

    private static bool LacksBrowser(GuestSession session, RecordEvent command) =>
        !command.IsTrial && command.Event.BrowserId is { } browserId && session.Browsers.Held(browserId) is null;

    /// <summary>The limit that prevents an event from being accepted; null if there is none.</summary>
    /// <param name="changes">The identifiers that it changes.</param>
    private static RecordOutcome? FindBound(
        GuestSession session, RecordEvent command, out IReadOnlyList<Identifier> changes)
    {
        changes = session.Identifiers.Changes(command.Event.Identifiers);
        if (changes.Count > 0 && IsTooMuch(session, changes))
        {
            if (!command.IsLenient)
                return new RecordOutcome(RecordDecision.Rejected, Code: EventCodes.TooManyIdentifiers);
            changes = [];
        }

        return IsBacklogFull(session, command.Event.Size)
            || (command.FromPublicKey && !HasPublicCapacity(session, command.Event.Size))
                ? new RecordOutcome(RecordDecision.Retry, Code: EventCodes.GuestBacklogFull)
                : null;
    }

    private static bool IsTooMuch(GuestSession session, IReadOnlyList<Identifier> changes) =>
        session.Identifiers.CountWith(changes) > session.Limits.Identifiers
        || session.Identifiers.LengthWith(changes) > session.Limits.IdentityBytes;

    /// <summary>A retry with a new time is the same event: the first time is kept.</summary>
    private static IReadOnlyList<Violation>? Repeated(RememberedId known, RecordEvent command) =>
        known.OccurredAtTicks == (command.OccurredAt?.UtcTicks ?? 0)
            ? null
            : [new Violation(
                EventCodes.OccurredAtDiffers, "/occurred_at", "Expected the first request's time, which is kept.")];

    private static bool IsBacklogFull(GuestSession session, int size) =>
        session.Line.Count >= session.Limits.UndeliveredEvents
        || session.Line.Bytes + size > session.Limits.UndeliveredBytes;

    private static int SessionFor(
        GuestSession session, UpstreamSession? current, RecordEvent command, List<SessionEvent> events)
    {
        if (current is not null)
            return current.Number;

        // A FORCE_CLOSE without a session opens none; the number 0 names no session.
        if (command.Event.Type == EventTypes.ForceClose)
            return 0;
        var number = session.LastSession + 1;
        events.Add(new SessionStarted(
            number, command.Event.BrowserId, command.Event.Channel, command.Event.PointOfSale,
            command.Event.SessionTimeout, command.ReceivedAt));
        return number;
    }

    private static EventRecorded Recorded(
        GuestSession session, RecordEvent command, int number, UpstreamSession? current,
        IReadOnlyList<Violation> found)
    {
        var orderAt = OrderAt(session, command);
        return new EventRecorded
        {
            Sequence = session.LastSequence + 1,
            EventId = command.EventId,
            Hash = command.Hash,
            Type = command.Event.Type,
            Channel = command.Event.Channel,
            PointOfSale = command.Event.PointOfSale,
            Session = number,
            Page = command.Event.Page,
            BrowserId = command.Event.BrowserId,
            OccurredAt = command.OccurredAt,
            ReceivedAt = command.ReceivedAt,
            OrderAt = orderAt,
            DueAt = command.Settle > TimeSpan.Zero ? command.Now + command.Settle : null,
            Late = orderAt < session.LastSentOrderAt,
            Body = command.Event.Body,
            Defaults = command.Event.Defaults.IsEmpty ? null : command.Event.Defaults,
            OrderReference = command.Event.OrderReference,
            SessionTimeout = current is not null && current.Timeout != command.Event.SessionTimeout
                ? command.Event.SessionTimeout
                : null,
            TraceParent = command.TraceParent,
            FromPublicKey = command.FromPublicKey,
            UserAgent = command.Event.UserAgent,
            Address = command.Event.Address,
            MakesNoOrder = found.Count > 0
                && found.Any(static violation => violation.Code == EventCodes.OrderBeforeIdentity),
            Warnings = EventWarning.Join(command.Event.Warnings, found),
        };
    }

    private static DateTimeOffset OrderAt(GuestSession session, RecordEvent command)
    {
        // Without settle the order is the order of acceptance, whatever the hosts' clocks show.
        var received = session.OrderTimeOf(command.ReceivedAt);
        if (command.Settle == TimeSpan.Zero)
            return Later(received, session.LastOrderAt);
        var byClock = command.OccurredAt is { } occurred
            && (occurred - received).Duration() <= LongestClockSkew ? occurred : received;

        // An event that waits for another line overtakes nothing; otherwise two lines could wait for each other.
        if (command.Event.BrowserId is { } browserId && session.Browsers.Held(browserId) is { IsClear: false })
            byClock = Later(byClock, session.LastOrderAt);
        return command.OrderFloor is { } floor ? Later(byClock, floor) : byClock;
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static Decision<T> Nothing<T>(T result) => new([], result);
}
