using GuestSessions.Core.Guests;

namespace GuestSessions.Core.Sessions;

public sealed partial class GuestSession
{
    private List<string>? _lines;

    /// <summary>The browser ids whose events the guest accepts, and those whose events it must still deliver.</summary>
    public BrowserLinks Browsers { get; } = new();

    /// <summary>
    /// Guest ids of anonymous browsers that this guest was the first to own: their history is read as its own.
    /// </summary>
    public IReadOnlyList<string> Lines => _lines ?? [];

    /// <summary>
    /// The browser id that an entry of the line is sent with; null while the guest has none of its own yet.
    /// </summary>
    public string? BrowserIdOf(LineEntry entry) => entry.OwnBrowserId ?? BrowserIdOf(entry.Event);

    /// <summary>
    /// Whether a session belongs to the browser that an event names; null means the guest's own, which an event can
    /// also name.
    /// </summary>
    public bool IsOf(UpstreamSession session, string? browserId) => string.Equals(
        session.BrowserId ?? BrowserId, browserId ?? BrowserId, StringComparison.OrdinalIgnoreCase);

    /// <summary>The session that an event of a browser falls into if it is received at <paramref name="at"/>; null if none is open.</summary>
    /// <param name="browserId">See <see cref="IsOf"/>.</param>
    public UpstreamSession? OpenSessionOf(string? browserId, string channel, DateTimeOffset at)
    {
        var sessions = Sessions.All;
        for (var i = sessions.Count - 1; i >= 0; i--)
        {
            var known = sessions[i];
            if (known.Channel == channel && known.ContinuedBy is null && known.IsOpen(at) && IsOf(known, browserId))
                return known;
        }

        return null;
    }

    /// <summary>
    /// A browser's sessions, without those that continued elsewhere and were over before the browser came back.
    /// </summary>
    public IReadOnlyList<UpstreamSession> SessionsOf(string browserId)
    {
        var all = Sessions.All.Where(known => IsOf(known, browserId)).ToList();
        var newest = all.Select(static known => known.Generation).DefaultIfEmpty().Max();
        return all.FindAll(known => known.ContinuedBy is null || known.Generation == newest);
    }

    /// <summary>
    /// Guests that owned a browser before or after this one, as far as its sessions show. A browser's own line shows
    /// none: the guest that was linked to it reads that line as its own.
    /// </summary>
    public IReadOnlyList<string> OthersOf(string browserId) => Guest is { } guest && BrowserGuests.Is(guest)
        ? []
        : [.. Sessions.All.Where(known => IsOf(known, browserId))
            .SelectMany(static known => (string?[])[known.Origin?.Guest, known.ContinuedFrom, known.ContinuedBy])
            .OfType<string>().Where(other => other != Guest && !BrowserGuests.Is(other)).Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// The link whose clearance an entry of the line waits for. An event that a person sends again waits for none. A
    /// redriven event stands before events that came earlier; a replayed event comes when the browser may belong to
    /// another guest. In both cases the other line may wait for an event behind it.
    /// </summary>
    public BrowserLink? WaitsFor(LineEntry entry)
    {
        for (var i = 0; i < Browsers.All.Count && !entry.IsSentAgain; i++)
        {
            if (!Browsers.All[i].IsClear && IsUnder(Browsers.All[i], entry))
                return Browsers.All[i];
        }

        return null;
    }

    /// <summary>
    /// Whether a link still has undelivered events. Events that are set aside or sent again do not count.
    /// </summary>
    public bool HasUndelivered(BrowserLink link) =>
        Line.Entries.Any(entry => !entry.IsSentAgain && IsUnder(link, entry));

    /// <summary>
    /// Whether an entry belongs to a link: by the id that it is sent with, or by the local id that it names.
    /// </summary>
    private bool IsUnder(BrowserLink link, LineEntry entry) =>
        (BrowserIdOf(entry) is { } browserId && link.Covers(browserId, entry.Event.Sequence))
        || (entry.Event.BrowserId is { } named && link.Covers(named, entry.Event.Sequence));

    /// <summary>
    /// Whether an ownership and all earlier ones of the browser neither wait nor have undelivered events: the guest
    /// may have claimed again a browser that it had released and not drained.
    /// </summary>
    public bool HasDrained(BrowserLink upTo) => !Browsers.All.Any(link =>
        link.Generation <= upTo.Generation && link.IsOf(upTo.BrowserId) && (!link.IsClear || HasUndelivered(link)));

    private void Apply(BrowserLinked linked)
    {
        Browsers.Link(linked);
        Take(linked);
        if (linked.Line is { } line && !Lines.Contains(line))
            (_lines ??= []).Add(line);
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

        // The upstream id of a local id never changes, even if another event names that upstream id itself.
        if (IsOfLocalBrowser)
            return;

        // It was the guest's own id: waiting events are still sent with it, later events get another.
        foreach (var entry in Line.Entries.Where(static entry => entry is { Event.BrowserId: null, OwnBrowserId: null }).ToList())
            Line.Replace(entry with { OwnBrowserId = BrowserId });
        BrowserId = null;
        CustomerReference = null;
    }

    private void Apply(SessionsForwarded passed) => Sessions.Change(
        known => passed.Sessions.Contains(known.Number), known => known with { ContinuedBy = passed.To });

    private void Take(BrowserLinked linked)
    {
        if (linked.Sessions is { } taken)
        {
            Sessions.Take(taken);
            LastSession = Math.Max(LastSession, taken.Max(static session => session.Number));
        }

        // If nobody used the browser in between, nobody continued its sessions.
        Sessions.Change(
            known => IsOf(known, linked.BrowserId) && (known.ContinuedBy is null || linked.Sessions is null),
            known => known with { Generation = linked.Generation, ContinuedBy = null });
    }
}
