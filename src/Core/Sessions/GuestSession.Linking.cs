using GuestSessions.Core.Guests;

namespace GuestSessions.Core.Sessions;

public sealed partial class GuestSession
{
    private readonly List<string> _lines = [];

    /// <summary>The browser ids whose events the guest takes, and those it has yet to deliver of.</summary>
    public BrowserLinks Browsers { get; } = new();

    /// <summary>
    /// Guest ids of the browsers that nobody had named before this guest: their history is read as its own.
    /// </summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The browser id an entry of the line travels under; null while the guest has none of its own yet.</summary>
    public string? BrowserIdOf(LineEntry entry) => entry.OwnBrowserId ?? BrowserIdOf(entry.Event);

    /// <summary>Whether a session is of the browser that an event names; null is the guest's own, which it can also name.</summary>
    public bool IsOf(UpstreamSession session, string? browserId) => string.Equals(
        session.BrowserId ?? BrowserId, browserId ?? BrowserId, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// A browser's sessions, without those that went on elsewhere and were over before the browser came back.
    /// </summary>
    public IReadOnlyList<UpstreamSession> SessionsOf(string browserId)
    {
        var all = Sessions.All.Where(known => IsOf(known, browserId)).ToList();
        var newest = all.Select(static known => known.Generation).DefaultIfEmpty().Max();
        return all.FindAll(known => known.ContinuedBy is null || known.Generation == newest);
    }

    /// <summary>
    /// Guests who owned a browser before or after this one, as far as its sessions tell. A browser's own line tells of none:
    /// whoever was named for it reads that line as his own.
    /// </summary>
    public IReadOnlyList<string> OthersOf(string browserId) => Guest is { } guest && BrowserGuests.Is(guest)
        ? []
        : [.. Sessions.All.Where(known => IsOf(known, browserId))
            .SelectMany(static known => (string?[])[known.Origin?.Guest, known.ContinuedFrom, known.ContinuedBy])
            .OfType<string>().Where(other => other != Guest && !BrowserGuests.Is(other)).Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// The link for whose clearance an entry of the line waits. What a person sends again waits for none: put back, it stands
    /// before events that came earlier; replayed, it comes when the browser may be another's. Either way the other line may
    /// wait for what is behind it.
    /// </summary>
    public BrowserLink? WaitsFor(LineEntry entry) =>
        entry.IsSentAgain ? null : Browsers.All.FirstOrDefault(link => !link.IsClear && IsUnder(link, entry));

    /// <summary>
    /// Whether something of a link is still undelivered. What is set aside, or sent again, does not count.
    /// </summary>
    public bool HasUndelivered(BrowserLink link) =>
        Line.Entries.Any(entry => !entry.IsSentAgain && IsUnder(link, entry));

    /// <summary>Whether an entry belongs to a link: by the id it travels under, or by the local one that it names.</summary>
    private bool IsUnder(BrowserLink link, LineEntry entry) =>
        (BrowserIdOf(entry) is { } browserId && link.Covers(browserId, entry.Event.Sequence))
        || (entry.Event.BrowserId is { } named && link.Covers(named, entry.Event.Sequence));

    /// <summary>
    /// Whether nothing of an ownership is undelivered or waits, nor of one before it: the guest may have claimed anew what it
    /// had given up and not drained.
    /// </summary>
    public bool HasSettled(BrowserLink upTo) => !Browsers.All.Any(link =>
        link.Generation <= upTo.Generation && link.IsOf(upTo.BrowserId) && (!link.IsClear || HasUndelivered(link)));

    private void Apply(BrowserLinked linked)
    {
        Browsers.Link(linked);
        Take(linked);
        if (linked.Line is { } line && !_lines.Contains(line))
            _lines.Add(line);
    }

    private void Apply(BrowserReleased released)
    {
        Browsers.Release(released, LastSequence);
        var goOn = SessionsOf(released.BrowserId).Select(static known => known.Number).ToHashSet();
        Sessions.Change(known => goOn.Contains(known.Number), known => known with
        {
            BrowserId = released.BrowserId,
            Generation = Math.Max(known.Generation, released.Generation),
        });
        if (!string.Equals(BrowserId, released.BrowserId, StringComparison.OrdinalIgnoreCase))
            return;

        // What a local id stands for never changes, whoever names the upstream's id itself.
        if (IsOfLocalBrowser)
            return;

        // It was the guest's own: what waits still travels under it, what comes later gets another.
        foreach (var entry in Line.Entries.Where(static entry => entry is { Event.BrowserId: null, OwnBrowserId: null }).ToList())
            Line.Replace(entry with { OwnBrowserId = BrowserId });
        BrowserId = null;
        CustomerReference = null;
    }

    private void Apply(SessionsPassedOn passed) => Sessions.Change(
        known => passed.Sessions.Contains(known.Number), known => known with { ContinuedBy = passed.To });

    private void Take(BrowserLinked linked)
    {
        if (linked.Sessions is { } taken)
        {
            Sessions.Take(taken);
            LastSession = Math.Max(LastSession, taken.Max(static session => session.Number));
        }

        // Where nobody used the browser in between, nobody continued its sessions.
        Sessions.Change(
            known => IsOf(known, linked.BrowserId) && (known.ContinuedBy is null || linked.Sessions is null),
            known => known with { Generation = linked.Generation, ContinuedBy = null });
    }
}
