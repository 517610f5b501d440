namespace GuestSessions.Core.Sessions;

/// <summary>
/// A browser's sessions continue when its owner changes: the release carries what the releasing line knows of them,
/// so that the next owner continues them. The events stay in their line.
/// </summary>
public static partial class Decider
{
    /// <summary>
    /// Sessions that were open this recently continue with the next owner: its clock may be behind.
    /// </summary>
    private static readonly TimeSpan OpenLately = LongestClockSkew;

    /// <summary>
    /// The sessions of a browser that a later owner needs: those that continue, and the latest of those that are
    /// over, which pre-flight compares with. Oldest first.
    /// </summary>
    public static IReadOnlyList<UpstreamSession> SessionsOf(GuestSession session, string browserId) =>
        Travelling(session, session.SessionsOf(browserId), browserId, continuing: []);

    /// <summary>Marks the sessions that continue with the next owner, and returns those that it needs.</summary>
    private static ReleaseOutcome Forward(
        GuestSession session, ReleaseBrowser command, ReleaseDecision decision, List<SessionEvent> events,
        List<UpstreamSession>? taken = null)
    {
        // The commit is still being decided, so it is not applied yet.
        var known = session.SessionsOf(command.BrowserId)
            .Where(known => taken is null
                || (known.ContinuedBy is null && !taken.Exists(session => session.Number == known.Number)))
            .Concat(taken ?? []).OrderBy(static known => known.StartedAt)
            .Select(known => known with { Generation = Math.Max(known.Generation, command.Generation) }).ToList();
        int[] continuing = [.. known
            .Where(known => known.ContinuedBy is not null || known.IsOpen(command.Now - OpenLately))
            .Select(static known => known.Number)];
        int[] shared = [.. known
            .Where(known => continuing.Contains(known.Number) && known.ContinuedBy != command.To)
            .Select(static known => known.Number)];
        if (shared.Length > 0)
            events.Add(new SessionsForwarded(shared, command.To, command.Now));
        return new ReleaseOutcome(decision, Travelling(session, known, command.BrowserId, continuing, command.Guest));
    }

    /// <summary>
    /// Whether the caller read an outdated owner row: the links are gone, but the sessions show later owners.
    /// </summary>
    private static bool KnowsNewer(GuestSession session, ReleaseBrowser command) =>
        session.SessionsOf(command.BrowserId).Any(known => known.Generation > command.Generation)
        || command.Known.Any(known => known.Generation >= command.Generation);

    private static List<UpstreamSession> Travelling(
        GuestSession session, IEnumerable<UpstreamSession> known, string browserId, int[] continuing, string? guest = null)
    {
        var from = session.Guest ?? guest;
        if (from is null)
            return [];
        List<UpstreamSession> all = [.. known];
        var past = all.Where(known => !GoesOn(known)).TakeLast(session.Limits.CartsInFull).ToHashSet();
        List<UpstreamSession> travelling = [.. all.Where(known => GoesOn(known) || past.Contains(known)).Select(known => known with
        {
            BrowserId = browserId,
            Origin = known.Origin ?? new SessionOrigin(from, known.Number),
            ContinuedFrom = GoesOn(known) ? from : null,
            ContinuedBy = null,
        })];

        // The guest's identity applies to everything that the browser does later.
        if (travelling.Count < all.Count && travelling.Count > 0)
            travelling[0] = travelling[0] with { Providers = ProvidersOf(all, session.Limits) };
        return travelling;

        bool GoesOn(UpstreamSession known) => known.ContinuedBy is not null || continuing.Contains(known.Number);
    }

    private static List<string> ProvidersOf(IEnumerable<UpstreamSession> sessions, SessionLimits limits) =>
        [.. sessions.SelectMany(static known => known.Providers ?? []).Distinct().Take(limits.SessionProviders)];

    /// <summary>
    /// Sessions that came with a browser, with their numbers in this line; null if this line owned the browser last
    /// and knows newer ones.
    /// </summary>
    private static List<UpstreamSession>? Taken(
        GuestSession session, string guest, string browserId, IReadOnlyList<UpstreamSession> known)
    {
        var own = session.Sessions.All.Where(own => session.IsOf(own, browserId)).ToList();
        if (known.Count == 0 || known.Max(Generation) <= own.Select(Generation).DefaultIfEmpty(-1).Max())
            return null;
        var last = session.LastSession;
        List<UpstreamSession> taken = [];
        foreach (var came in known)
        {
            var origin = came.Origin!;
            var isHome = origin.Guest == (session.Guest ?? guest);
            var number = isHome
                ? origin.Number
                : own.Find(own => own.Origin == origin)?.Number ?? ++last;
            taken.Add(came with { Number = number, Origin = isHome ? null : origin });
        }

        return taken;

        static long Generation(UpstreamSession known) => known.Generation;
    }
}
