namespace GuestSessions.Core.Sessions;

public static partial class Decider
{
    public static Decision<LinkDecision> Link(GuestSession session, LinkBrowser command)
    {
        if (session.Browsers.Held(command.BrowserId) is not null)
            return Nothing(LinkDecision.Linked);
        if (session.Browsers.Releases != command.Releases
            || session.Browsers.Find(command.BrowserId, command.Generation) is not null
            || session.Browsers.HasNewer(command.BrowserId, command.Generation))
            return Nothing(LinkDecision.Superseded);

        string? forgets = null;
        if (session.Browsers.All.Count >= session.Limits.Browsers)
        {
            forgets = IdleBrowser(session);
            if (forgets is null)
                return Nothing(LinkDecision.Full);
        }

        List<SessionEvent> events = Opening(session, command.Guest, command.Now);
        events.Add(new BrowserLinked(
            command.BrowserId, command.Generation, command.Now, command.IsDrained ? null : command.From,
            LineOf(session, command.Line),
            forgets, Taken(session, command.Guest, command.BrowserId, command.Known)));
        return new Decision<LinkDecision>(events, LinkDecision.Linked);
    }

    public static Decision<ReleaseOutcome> Release(GuestSession session, ReleaseBrowser command)
    {
        if (session.Browsers.HasNewer(command.BrowserId, command.Generation) || KnowsNewer(session, command))
            return Nothing(new ReleaseOutcome(ReleaseDecision.Superseded, []));

        // Two claims of the guest itself can overlap: then its link has the generation of the first claim, and the
        // row a later one.
        var link = session.Browsers.Held(command.BrowserId)
            ?? session.Browsers.Find(command.BrowserId, command.Generation);
        if (link is null)
            return ReleaseUnlinked(session, command);
        List<SessionEvent> events = link.IsReleased
            ? []
            : [new BrowserReleased(link.BrowserId, link.Generation, command.Now)];
        return new(events, Forward(
            session, command, session.HasDrained(link) ? ReleaseDecision.Drained : ReleaseDecision.Draining, events));
    }

    /// <summary>Marks the released browsers that have drained by now. Joins the next commit.</summary>
    public static Decision<int> Drain(GuestSession session, DateTimeOffset now)
    {
        List<SessionEvent>? drained = null;
        var links = session.Browsers.All;
        for (var i = 0; i < links.Count; i++)
        {
            var link = links[i];
            if (link.IsReleased && session.HasDrained(link))
                (drained ??= []).Add(new BrowserDrained(link.BrowserId, link.Generation, now));
        }

        return drained is null ? Nothing(0) : new(drained, drained.Count);
    }

    /// <summary>The previous owner has drained.</summary>
    public static Decision<bool> Clear(GuestSession session, string browserId, long generation, DateTimeOffset now) =>
        session.Browsers.Find(browserId, generation) is { IsClear: false } link
            ? new([new BrowserCleared(link.BrowserId, generation, now)], true)
            : Nothing(false);

    /// <summary>
    /// Gives up an ownership that the row names but this session does not know: it was never used, or was idle so
    /// long that it was forgotten. It is still committed, so that nobody who read the row before can still link with
    /// it, and so that the history of the anonymous browser is read with the guest that was linked first.
    /// </summary>
    private static Decision<ReleaseOutcome> ReleaseUnlinked(GuestSession session, ReleaseBrowser command)
    {
        if (session.Browsers.All.Count >= 2 * session.Limits.Browsers)
            return Nothing(new ReleaseOutcome(ReleaseDecision.Full, []));
        var events = Opening(session, command.Guest, command.Now);
        var taken = Taken(session, command.Guest, command.BrowserId, command.Known);
        var waits = command.From is not null
            || session.Browsers.IsBusyUpTo(command.BrowserId, command.Generation)
            || session.Line.Entries.Any(entry =>
                string.Equals(session.BrowserIdOf(entry), command.BrowserId, StringComparison.OrdinalIgnoreCase)
                || string.Equals(entry.Event.BrowserId, command.BrowserId, StringComparison.OrdinalIgnoreCase));
        if (waits)
            events.Add(new BrowserLinked(
                command.BrowserId, command.Generation, command.Now, command.From, LineOf(session, command.Line),
                Sessions: taken));
        events.Add(new BrowserReleased(command.BrowserId, command.Generation, command.Now));
        return new(events, Forward(
            session, command, waits ? ReleaseDecision.Draining : ReleaseDecision.Drained, events, taken));
    }

    // At the limit of lines, the history stays readable under the browser's own id.
    private static string? LineOf(GuestSession session, string? line) =>
        session.Lines.Count < session.Limits.LinkedLines ? line : null;

    private static string? IdleBrowser(GuestSession session) => session.Browsers.All.FirstOrDefault(link =>
        link is { IsClear: true, IsReleased: false } && link.IsOf(session.BrowserId ?? "") is false
        && !session.HasUndelivered(link))?.BrowserId;

    private static List<SessionEvent> Opening(GuestSession session, string guest, DateTimeOffset now) =>
        session.Guest is null ? [new GuestOpened(guest, now)] : [];
}
