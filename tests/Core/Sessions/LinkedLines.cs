using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>
/// A few guests, the owner rows of the browsers they fight for, and the upstream. A post is a sequence of steps between
/// which anything else can happen; one that is never continued is a crash.
/// </summary>
internal sealed class LinkedLines
{
    public static readonly string[] Browsers = ["browser-a", "browser-b"];

    private static readonly StreamEvent Sample = new()
    {
        Type = "VIEW",
        Channel = "WEB",
        PointOfSale = "harbourbikes/ie",
        Body = Utf8Json.Parse("{}"),
        SessionTimeout = TimeSpan.FromMinutes(20),
    };

    private readonly GuestSession[] _guests;
    private readonly Dictionary<string, (int Owner, long Generation, int? Previous)> _rows = [];
    private readonly Dictionary<(string Browser, long Generation), long> _turns = [];
    private readonly TimeSpan _settle;
    private int _posts;

    public LinkedLines(int guests, bool settling)
    {
        _guests = [.. Enumerable.Range(0, guests).Select(_ => new GuestSession(new SessionLimits { Browsers = 3 }))];
        _settle = settling ? TimeSpan.FromSeconds(2) : TimeSpan.Zero;
    }

    public DateTimeOffset Now { get; set; } = Given.Start;

    public int Guests => _guests.Length;

    /// <summary>
    /// Every event taken, in the order of acceptance over all lines. A turn is a browser's time with one owner, however
    /// often that one claimed it anew.
    /// </summary>
    public List<(string Browser, long Turn, string EventId)> Accepted { get; } = [];

    /// <summary>Every event's first arrival upstream.</summary>
    public List<(string Browser, string EventId)> Arrived { get; } = [];

    public bool IsQuiet => _guests.All(static guest => !guest.IsPending);

    /// <summary>An event of a browser for a guest, from the call to the commit.</summary>
    public IEnumerable<bool> Post(int guest, string browser, int olderBySeconds)
    {
        var session = _guests[guest];
        var record = new RecordEvent(
            Name(guest), $"e{_posts++}", default, Sample with { BrowserId = browser },
            Now - TimeSpan.FromSeconds(olderBySeconds), Now, null, _settle, null, Now);
        for (var tries = 0; tries < 4; tries++)
        {
            var outcome = Do(session, Decider.Record(session, record));
            if (outcome.Decision == RecordDecision.Accepted)
                Accepted.Add((browser, _turns[(browser, session.Browsers.Held(browser)!.Generation)], record.EventId));
            if (outcome.Decision != RecordDecision.NeedsBrowser)
                yield break;

            var releases = session.Browsers.Releases;
            yield return true;
            var known = _rows.TryGetValue(browser, out var row);
            yield return true;
            var isDrained = !known;
            if (known && row.Owner != guest)
            {
                var decision = Release(row.Owner, browser, row.Generation, row.Previous);
                yield return true;
                if (decision is ReleaseDecision.Superseded or ReleaseDecision.Full)
                    continue;
                isDrained = decision == ReleaseDecision.Drained;
            }

            if (!Claim(guest, browser, row.Generation))
                continue;
            var claimed = _rows[browser];
            yield return true;
            Do(session, Decider.Link(session, new LinkBrowser(
                Name(guest), browser, claimed.Generation, claimed.Previous is { } from ? Name(from) : null,
                isDrained, Line: null, releases, Now)));
        }
    }

    public void Start(int guest)
    {
        var session = _guests[guest];
        if (session.Open is null && Do(session, Decider.Start(session, Now)) is { } send && send.Head.Attempts == 0)
            Arrived.Add((send.BrowserId, send.Head.Event.EventId));
    }

    public void End(int guest, AttemptOutcome outcome)
    {
        var session = _guests[guest];
        if (session.Open is not { } open)
            return;
        Do(session, Decider.End(session, new EndDelivery(
            open.Sequence, open.Attempt, new AttemptReport { Outcome = outcome }, DeliveryPolicy.DefaultFor, Now, 0)));
        Do(session, Decider.Drain(session, Now));
    }

    /// <summary>The guest asks those it waits for.</summary>
    public void Ask(int guest)
    {
        var session = _guests[guest];
        foreach (var link in session.Browsers.All.Where(static link => !link.IsClear).ToList())
        {
            var before = _guests[int.Parse(link.From!, System.Globalization.CultureInfo.InvariantCulture)];
            if (!before.Browsers.IsBusyUpTo(link.BrowserId, link.Generation - 1))
                Do(session, Decider.Clear(session, link.BrowserId, link.Generation, Now));
        }

        Do(session, Decider.Drain(session, Now));
    }

    private ReleaseDecision Release(int guest, string browser, long generation, int? previous)
    {
        var decision = Do(_guests[guest], Decider.Release(_guests[guest], new ReleaseBrowser(
            Name(guest), browser, generation, previous is { } from ? Name(from) : null, Line: null, Now)
        {
            To = "next",
        })).Decision;
        Do(_guests[guest], Decider.Drain(_guests[guest], Now));
        return decision;
    }

    private bool Claim(int guest, string browser, long after)
    {
        var stands = _rows.TryGetValue(browser, out var row);
        if (row.Generation != after)
            return false;
        _turns[(browser, after + 1)] = _turns.GetValueOrDefault((browser, after))
            + (stands && row.Owner == guest ? 0 : 1);
        _rows[browser] = (guest, after + 1, !stands ? null : row.Owner == guest ? row.Previous : row.Owner);
        return true;
    }

    private static string Name(int guest) => guest.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static T Do<T>(GuestSession session, Decision<T> decision)
    {
        foreach (var @event in decision.Events)
            session.Apply(@event);
        return decision.Result;
    }
}
