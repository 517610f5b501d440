namespace GuestSessions.Core.Sessions;

/// <summary>
/// A browser's sessions go on, whoever owns it: what the releasing line knows of them travels with the release, so that the
/// next owner continues them. The events stay where they are.
/// </summary>
public static partial class Decider
{
    /// <summary>
    /// Sessions that were open so short a time ago go on with the next owner: its clock may be behind.
    /// </summary>
    private static readonly TimeSpan OpenLately = LongestClockSkew;

    /// <summary>
    /// What an owner after this guest has to know of a browser's sessions: those that go on, and the latest of those that are
    /// over, which pre-flight compares with. Oldest first.
    /// </summary>
    public static IReadOnlyList<UpstreamSession> SessionsOf(GuestSession session, string browserId) =>
        Travelling(session, session.SessionsOf(browserId), browserId, continuing: []);

    /// <summary>Marks what goes on with the next owner, and answers with what that one has to know.</summary>
    private static ReleaseOutcome PassOn(
        GuestSession session, ReleaseBrowser command, ReleaseVerdict verdict, List<SessionEvent> events,
        List<UpstreamSession>? taken = null)
    {
        // A commit is not applied yet while it is decided.
        var known = session.SessionsOf(command.BrowserId)
            .Where(known => taken is null
                || (known.ContinuedBy is null && !taken.Exists(session => session.Number == known.Number)))
            .Concat(taken ?? []).OrderBy(static known => known.StartedAt)
            .Select(known => known with { Generation = Math.Max(known.Generation, command.Generation) }).ToList();
        int[] continuing = [.. known
            .Where(known => known.ContinuedBy is not null || known.IsOpen(command.Now - OpenLately))
            .Select(static known => known.Number)];
        int[] news = [.. known
            .Where(known => continuing.Contains(known.Number) && known.ContinuedBy != command.To)
            .Select(static known => known.Number)];
        if (news.Length > 0)
            events.Add(new SessionsPassedOn(news, command.To, command.Now));
        return new ReleaseOutcome(verdict, Travelling(session, known, command.BrowserId, continuing, command.Guest));
    }

    /// <summary>Who asks read the owner row long ago: the links are gone, and the sessions tell of later owners.</summary>
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

        // Who the guest is holds for all that the browser does after.
        if (travelling.Count < all.Count && travelling.Count > 0)
            travelling[0] = travelling[0] with { Providers = ProvidersOf(all, session.Limits) };
        return travelling;

        bool GoesOn(UpstreamSession known) => known.ContinuedBy is not null || continuing.Contains(known.Number);
    }

    private static List<string> ProvidersOf(IEnumerable<UpstreamSession> sessions, SessionLimits limits) =>
        [.. sessions.SelectMany(static known => known.Providers ?? []).Distinct().Take(limits.SessionProviders)];

    /// <summary>
    /// Sessions that came with a browser, by the numbers they have in this line; null where this line was the last to own the
    /// browser and knows better.
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
