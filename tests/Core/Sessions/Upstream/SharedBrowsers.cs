using System.Globalization;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions.Upstream;

/// <summary>
/// Guests that name the same browsers, in the steps of a claim as they are in production. Anything can happen between two
/// steps, and a post that is never continued is a crash. The emulator gets what is accepted, when it is accepted.
/// </summary>
internal sealed class SharedBrowsers
{
    public const string Provider = "CRM";

    public static readonly string[] Channels = ["WEB", "CALL_CENTER"];
    public static readonly string[] Types =
    [
        "VIEW", "ADD", "ADD", "CONFIRM", "CONFIRM", "CHECKOUT", "ORDER_CHECKOUT", "IDENTITY", "CLEAR_CART", "FORCE_CLOSE",
    ];

    private const string PointOfSale = "harbourbikes/ie";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(20);
    private static readonly SessionLimits Limits = new() { Sessions = 1_000, CartsInFull = 1_000, Browsers = 3 };

    private readonly GuestSession[] _guests;
    private readonly List<SessionEvent>[] _histories;
    private readonly Dictionary<string, (int Owner, long Generation, int? Previous)> _rows = [];
    private readonly EmulatedUpstream _upstream = new(PointOfSale, Timeout, Provider, Given.Start);
    private int _posts;
    private readonly List<string> _log = [];

    /// <param name="guests">The first is a browser's own line, which takes no browser from anybody.</param>
    public SharedBrowsers(int guests)
    {
        _guests = [.. Enumerable.Range(0, guests).Select(static _ => new GuestSession(Limits))];
        _histories = [.. Enumerable.Range(0, guests).Select(static _ => new List<SessionEvent>())];
        Browsers = [.. Enumerable.Range(1, 2 + guests).Select(static number => new Guid(number, 0, 0, new byte[8]).ToString())];
        for (var guest = 1; guest < guests; guest++)
            Adopt(guest, Browsers[1 + guest]);
    }

    /// <summary>Two that SDKs began with, then those that the upstream issued for each guest.</summary>
    public IReadOnlyList<string> Browsers { get; }

    public DateTimeOffset Now { get; set; } = Given.Start;

    public int Guests => _guests.Length;

    /// <summary>What happened, to be read where it went wrong.</summary>
    public IReadOnlyList<string> Log => _log;

    /// <summary>Events that went on in a session of another line.</summary>
    public int Continued { get; private set; }

    /// <summary>What pre-flight said otherwise than the emulator.</summary>
    public List<string> Disagreements { get; } = [];

    /// <param name="browser">Null names none: the event is of the guest's own browser.</param>
    public IEnumerable<bool> Post(int guest, string? browser, string type, int item, string channel)
    {
        if (browser is null && _guests[guest].BrowserId is null)
            yield break;
        var record = Event(guest, browser, type, item, channel);
        for (var tries = 0; tries < 4; tries++)
        {
            // Time is what both sides cut sessions by: an event comes when it is taken.
            record = record with { ReceivedAt = Now, Now = Now };
            var session = _guests[guest];
            var decision = Decider.Record(session, record);
            if (decision.Result.Decision == RecordDecision.Accepted)
                Accept(guest, record, Do(guest, decision));
            if (decision.Result.Decision != RecordDecision.NeedsBrowser)
                yield break;

            var releases = session.Browsers.Releases;
            yield return true;
            var known = _rows.TryGetValue(browser!, out var row);
            yield return true;
            var released = new ReleaseOutcome(ReleaseDecision.Draining, []);
            if (known && row.Owner != guest && guest == 0)
                yield break;
            if (known && row.Owner != guest)
                released = Release(row.Owner, browser!, row.Generation, row.Previous, guest);
            else if (known && row.Previous is { } previous)
                released = released with { Sessions = Decider.SessionsOf(_guests[previous], browser!) };
            yield return true;
            if (released.Decision is ReleaseDecision.Superseded or ReleaseDecision.Full || !Claim(guest, browser!, row.Generation))
                continue;
            var claimed = _rows[browser!];
            yield return true;
            Link(guest, browser!, claimed.Generation, claimed.Previous, releases, released);
        }
    }

    /// <summary>A guest is loaded anew, from its snapshot.</summary>
    public void Restart(int guest)
    {
        if (_guests[guest].Guest is not null)
            _guests[guest] = GuestSession.Restore(_guests[guest].ToSnapshot(), Limits);
    }

    /// <summary>Everything that waits is delivered, so that drains and releases end.</summary>
    public void Deliver()
    {
        for (var guest = 0; guest < Guests; guest++)
        {
            foreach (var link in _guests[guest].Browsers.All.Where(static link => !link.IsClear).ToList())
            {
                var before = _guests[int.Parse(link.From!, CultureInfo.InvariantCulture)];
                if (!before.Browsers.IsBusyUpTo(link.BrowserId, link.Generation - 1))
                    Do(guest, Decider.Clear(_guests[guest], link.BrowserId, link.Generation, Now));
            }

            while (Do(guest, Decider.Start(_guests[guest], Now)) is { } send)
                Do(guest, Decider.End(_guests[guest], new EndDelivery(
                    send.Head.Event.Sequence, send.Head.Attempts + 1, new AttemptReport { Outcome = AttemptOutcome.Delivered },
                    DeliveryPolicy.DefaultFor, Now, 0)));
            Do(guest, Decider.Drain(_guests[guest], Now));
        }
    }

    /// <summary>A browser's sessions by our own account: each as the line knows it that had it last.</summary>
    public IReadOnlyList<string> Ours(string browser) => [.. _guests
        .SelectMany((state, guest) => state.Sessions.All.Where(known => state.IsOf(known, browser))
            .Select(known => (Origin: known.Origin ?? new SessionOrigin(Name(guest), known.Number), Session: known)))
        .GroupBy(static known => known.Origin, static known => known.Session)
        .Select(static same => same.OrderBy(static known => known.Generation)
            .ThenBy(static known => known.ContinuedBy is null ? 1 : 0).Last())
        .OrderBy(static known => known.StartedAt).ThenBy(static known => known.Channel, StringComparer.Ordinal)
        // A call that broke off can leave one that is to be continued by a guest who has not claimed the browser yet.
        .Select(known => SessionText.Of(known with { ContinuedBy = null }, Now))];

    public IReadOnlyList<string> Theirs(string browser) => [.. _upstream.SessionsOf(Guid.Parse(browser), Now)
        .OrderBy(static known => known.StartedAt).ThenBy(static known => known.Channel, StringComparer.Ordinal)
        .Select(SessionText.Of)];

    /// <summary>State and history tell the same.</summary>
    public void CheckReplay()
    {
        for (var guest = 0; guest < Guests; guest++)
        {
            if (_guests[guest].Guest is null)
                continue;
            var replayed = new GuestSession(Limits);
            foreach (var @event in _histories[guest])
                replayed.Apply(@event);
            Assert.Equal(Given.Text(_guests[guest].ToSnapshot()), Given.Text(replayed.ToSnapshot()));
        }
    }

    private void Accept(int guest, RecordEvent record, RecordOutcome outcome)
    {
        var browser = record.Event.BrowserId ?? _guests[guest].BrowserId!;
        var sent = $$"""{"browser_id":"{{browser}}",{{Encoding(record).AsSpan(1)}}""";
        var theirs = Codes(_upstream.Take(sent, Guid.Parse(browser), record.ReceivedAt));
        var ours = Codes(outcome.Found!.Select(static violation => violation.Code));
        if (!ours.SequenceEqual(theirs))
            Disagreements.Add($"{sent}: ours [{string.Join(", ", ours)}], theirs [{string.Join(", ", theirs)}]");
        if (_histories[guest][^1] is EventRecorded recorded
            && _guests[guest].Sessions.Find(recorded.Session) is { ContinuedFrom: not null })
            Continued++;
    }

    private static string Encoding(RecordEvent record) => System.Text.Encoding.UTF8.GetString(record.Event.Body.Bytes.Span);

    /// <summary>Both tell a cart of another session apart, by names of their own.</summary>
    private static List<string> Codes(IEnumerable<string> codes) => [.. codes
        .Select(static code => code switch
        {
            "cart_in_other_session" or "cart_across_sessions" or "confirm_without_add" or "checkout_without_confirm" => "cart",
            "order_before_identity" => code,
            _ => "",
        })
        .Where(static code => code.Length > 0)];

    private RecordEvent Event(int guest, string? browser, string type, int item, string channel)
    {
        var number = _posts++;
        var content = type switch
        {
            "ADD" => $$""","product":{"item_id":"item-{{item}}","quantity":{{1 + (number % 3)}},"price":{{number}}}""",
            "CONFIRM" => $$""","product":[{"item_id":"item-{{item}}"}]""",
            "CHECKOUT" => $$""","reference_id":"order-{{number}}","status":"PURCHASED" """,
            "ORDER_CHECKOUT" => $$""","order":{"referenceId":"order-{{number}}","status":"PURCHASED"}""",
            "IDENTITY" => $$""","identifiers":[{"provider":"{{(item == 0 ? "other" : Provider)}}","id":"id-{{number}}"}]""",
            _ => "",
        };
        var page = $"/page-{number}";
        var body = Utf8Json.Parse(
            $$"""{"type":"{{type}}","channel":"{{channel}}","page":"{{page}}","pos":"{{PointOfSale}}"{{content}}}""");
        return new RecordEvent(
            Name(guest), $"e{number}", ContentHash.Of(body.Bytes.Span),
            new StreamEvent
            {
                Type = type,
                Channel = channel,
                PointOfSale = PointOfSale,
                Page = page,
                BrowserId = browser,
                Body = body,
                SessionTimeout = Timeout,
            },
            OccurredAt: null, Now, OrderFloor: null, Settle: TimeSpan.Zero, TraceParent: null, Now)
        {
            Rules = new TenantRulesOptions { IdentityRules = [Provider] },
        };
    }

    /// <summary>What the grain does when it is asked to give a browser up.</summary>
    private ReleaseOutcome Release(int guest, string browser, long generation, int? previous, int by)
    {
        var state = _guests[guest];
        var isLinked = state.Browsers.Held(browser) is not null || state.Browsers.Find(browser, generation) is not null;
        var known = previous is { } before && !isLinked ? Decider.SessionsOf(_guests[before], browser) : [];
        var outcome = Do(guest, Decider.Release(state, new ReleaseBrowser(
            Name(guest), browser, generation, previous is { } from ? Name(from) : null, Line: null, Now)
        {
            To = Name(by),
            Known = known,
        }));
        Do(guest, Decider.Drain(state, Now));
        return outcome;
    }

    private bool Claim(int guest, string browser, long after)
    {
        var stands = _rows.TryGetValue(browser, out var row);
        if (row.Generation != after)
            return false;
        _rows[browser] = (guest, after + 1, !stands ? null : row.Owner == guest ? row.Previous : row.Owner);
        return true;
    }

    private void Link(int guest, string browser, long generation, int? previous, long releases, ReleaseOutcome released) =>
        Do(guest, Decider.Link(_guests[guest], new LinkBrowser(
            Name(guest), browser, generation, previous is { } from ? Name(from) : null,
            released.Decision == ReleaseDecision.Drained, Line: null, releases, Now)
        {
            Known = released.Sessions,
        }));

    private void Adopt(int guest, string browser)
    {
        Claim(guest, browser, after: 0);
        Link(guest, browser, 1, previous: null, releases: 0, new ReleaseOutcome(ReleaseDecision.Draining, []));
        Do(guest, Decider.AssignBrowserId(_guests[guest], browser, null, Now));
    }

    private static string Name(int guest) => guest.ToString(CultureInfo.InvariantCulture);

    private T Do<T>(int guest, Decision<T> decision)
    {
        foreach (var @event in decision.Events)
        {
            _log.Add(Describe(guest, @event));
            _guests[guest].Apply(@event);
            _histories[guest].Add(@event);
        }

        return decision.Result;
    }

    private static string Describe(int guest, SessionEvent @event) => @event switch
    {
        EventRecorded recorded => $"{guest} recorded {recorded.Type} {recorded.BrowserId?[..8]} {recorded.Channel} in {recorded.Session} {recorded.Page}",
        BrowserLinked linked => $"{guest} linked {linked.BrowserId[..8]} {linked.Generation} from {linked.From} took {Text(linked.Sessions)}",
        BrowserReleased released => $"{guest} released {released.BrowserId[..8]} {released.Generation}",
        SessionsForwarded passed => $"{guest} passed {string.Join(',', passed.Sessions)} to {passed.To}",
        _ => $"{guest} {@event.GetType().Name}",
    };

    private static string Text(IReadOnlyList<UpstreamSession>? sessions) => string.Join(
        ' ', (sessions ?? []).Select(static session => $"{session.Number}={session.Origin}/{session.Events}g{session.Generation}"));
}
