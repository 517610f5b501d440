using System.Text;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>A session with a history, to which commands are put. Time only moves when a test says so.</summary>
internal sealed partial class Given
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    public const string OwnBrowserId = "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11";

    private readonly List<SessionEvent> _history = [];
    private bool _isLenient;

    public Given(SessionLimits? limits = null) => Session = new GuestSession(limits ?? SessionLimits.Default);

    public GuestSession Session { get; private set; }

    public IReadOnlyList<SessionEvent> History => _history;

    public DateTimeOffset Now { get; set; } = Start;

    public TimeSpan Settle { get; set; } = TimeSpan.Zero;

    public TenantRulesOptions Rules { get; } = new();

    /// <summary>Links a browser before its first event, as the grain does.</summary>
    public bool LinksBrowsers { get; set; } = true;

    /// <summary>Events come from an SDK.</summary>
    public bool FromPublicKey { get; set; }

    public Func<string, InDoubtPolicy> Policy { get; set; } = DeliveryPolicy.DefaultFor;

    public Func<string, RefusalPolicy> OnRefusal { get; set; } = static _ => RefusalPolicy.Skip;

    public int MaxAttempts { get; set; }

    public bool OthersAreAccepted { get; set; }

    public T Do<T>(Decision<T> decision)
    {
        foreach (var @event in decision.Events)
        {
            Session.Apply(@event);
            _history.Add(@event);
        }

        return decision.Result;
    }

    public Decision<RecordOutcome> Deciding(
        string eventId, string type = "VIEW", string? content = null, DateTimeOffset? occurredAt = null,
        DateTimeOffset? receivedAt = null, string? browserId = null, string channel = "WEB", string page = "/home",
        IReadOnlyList<Identifier>? identifiers = null, DateTimeOffset? floor = null, string? order = null)
    {
        var body = Utf8Json.Parse(content ?? $$"""{"type":"{{type}}"}""");
        if (browserId is not null && Session.Browsers.Held(browserId) is null && LinksBrowsers)
            Link(browserId);
        return Decider.Record(Session, new RecordEvent(
            "cust-42", eventId, ContentHash.Of(body.Bytes.Span),
            new StreamEvent
            {
                Type = type,
                Channel = channel,
                PointOfSale = "harbourbikes/ie",
                Page = page,
                BrowserId = browserId,
                Body = body,
                Identifiers = identifiers ?? [],
                OrderReference = order,
                SessionTimeout = TimeSpan.FromMinutes(20),
            },
            occurredAt, receivedAt ?? Now, floor, Settle, TraceParent: null, Now)
        {
            Rules = Rules,
            IsLenient = _isLenient,
            FromPublicKey = FromPublicKey || _isLenient,
        });
    }

    /// <summary>Records an event of an SDK.</summary>
    public RecordOutcome RecordFromSdk(string eventId, string type, IReadOnlyList<Identifier>? identifiers = null)
    {
        _isLenient = true;
        var outcome = Record(eventId, type, identifiers: identifiers);
        _isLenient = false;
        return outcome;
    }

    public RecordOutcome Record(
        string eventId, string type = "VIEW", string? content = null, DateTimeOffset? occurredAt = null,
        DateTimeOffset? receivedAt = null, string? browserId = null, string channel = "WEB", string page = "/home",
        IReadOnlyList<Identifier>? identifiers = null, DateTimeOffset? floor = null, string? order = null) =>
        Do(Deciding(eventId, type, content, occurredAt, receivedAt, browserId, channel, page, identifiers, floor, order));

    public Given WithBrowserId()
    {
        Link(OwnBrowserId);
        Do(Decider.AssignBrowserId(Session, OwnBrowserId, null, Now));
        return this;
    }

    public LinkDecision Link(
        string browserId, long generation = 1, string? from = null, bool isDrained = false, string? line = null,
        long? releases = null, string guest = "cust-42", IReadOnlyList<UpstreamSession>? known = null) =>
        Do(Decider.Link(Session, new LinkBrowser(
            guest, browserId, generation, from, isDrained, line, releases ?? Session.Browsers.Releases, Now)
        {
            Known = known ?? [],
        }));

    public ReleaseDecision Release(string browserId, long generation = 1, string? from = null, string? line = null) =>
        ReleaseTo("next", browserId, generation, from, line).Decision;

    public ReleaseOutcome ReleaseTo(
        string to, string browserId, long generation = 1, string? from = null, string? line = null,
        IReadOnlyList<UpstreamSession>? known = null) => Do(Decider.Release(
            Session, new ReleaseBrowser("cust-42", browserId, generation, from, line, Now) { To = to, Known = known ?? [] }));

    public bool Clear(string browserId, long generation) =>
        Do(Decider.Clear(Session, browserId, generation, Now));

    public int Drain() => Do(Decider.Drain(Session, Now));

    public long Send()
    {
        var send = Do(Decider.Start(Session, Now));
        Assert.NotNull(send);
        return send.Head.Event.Sequence;
    }

    public bool End(AttemptOutcome outcome, TimeSpan? retryAfter = null, double chance = 0.5)
    {
        var open = Session.Open!;
        return End(open.Sequence, open.Attempt, outcome, retryAfter, chance);
    }

    public bool End(long sequence, int attempt, AttemptOutcome outcome, TimeSpan? retryAfter = null, double chance = 0.5) =>
        Do(Decider.End(Session, new EndDelivery(
            sequence, attempt, new AttemptReport { Outcome = outcome, RetryAfter = retryAfter }, Policy, Now, chance)
        {
            OnRefusal = OnRefusal,
            MaxAttempts = MaxAttempts,
            OthersAreAccepted = OthersAreAccepted,
        }));

    public void SendAndDeliver()
    {
        Send();
        End(AttemptOutcome.Delivered);
    }

    /// <summary>Records an event that the upstream refuses.</summary>
    public long Refuse(string eventId, string type = "VIEW", string? browserId = null)
    {
        Record(eventId, type, browserId: browserId);
        var sequence = Send();
        End(AttemptOutcome.Refused);
        return sequence;
    }

    public PersonAct Act(string? reason = "because") => new("support-7", Now, reason);

    public ActDecision Redrive(
        long sequence, string? edit = null, IReadOnlyList<Identifier>? identifiers = null, string? browserId = null) =>
        Do(Decider.Redrive(Session, new RedriveEvent(sequence, edit is null ? null : new StreamEvent
        {
            Type = identifiers is null ? "VIEW" : "IDENTITY",
            Channel = "WEB",
            PointOfSale = "harbourbikes/ie",
            BrowserId = browserId,
            Body = Utf8Json.Parse(edit),
            Identifiers = identifiers ?? [],
            SessionTimeout = TimeSpan.FromMinutes(20),
        }, Act())));

    public IEnumerable<string> LineIds => Session.Line.Entries.Select(entry => entry.Event.EventId);

    /// <summary>The same history, replayed from nothing.</summary>
    public GuestSession Replay()
    {
        var replayed = new GuestSession(Session.Limits);
        foreach (var @event in _history)
            replayed.Apply(@event);
        return replayed;
    }

    public static string Text(SessionSnapshot snapshot) =>
        Encoding.UTF8.GetString(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(snapshot));
}
