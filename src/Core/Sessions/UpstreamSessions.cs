using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions.Carts;

namespace GuestSessions.Core.Sessions;

/// <summary>
/// A guest's sessions as the upstream is expected to delimit them: one per browser id and channel, closed by the point of
/// sale's inactivity. Time is the time of receipt, the best approximation of the upstream's arrival time. It is not
/// documented which clock the upstream uses.
/// </summary>
public sealed class UpstreamSessions(SessionLimits limits)
{
    /// <summary>Counts further types once a session counts <see cref="SessionLimits.CountedTypes"/> of them.</summary>
    public const string OtherTypes = "other";

    /// <summary>Maximum length of a type that is counted by its name.</summary>
    public const int LongestCountedType = 64;

    private readonly List<UpstreamSession> _sessions = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<UpstreamSession> All => _sessions;

    /// <summary>
    /// The last page of what the upstream still has open: a session that was closed on this side only goes on there.
    /// </summary>
    /// <param name="isOfBrowser">Tells the sessions of the browser.</param>
    public string? LastPageUpstream(Predicate<UpstreamSession> isOfBrowser, string channel, DateTimeOffset at) =>
        _sessions.FindLast(session => session.Channel == channel && session.LastPage is not null
            && session.ContinuedBy is null && session.IsOpenUpstream(at) && isOfBrowser(session))?.LastPage;

    /// <summary>Forgets the pages of all sessions.</summary>
    public void ForgetPages()
    {
        for (var i = 0; i < _sessions.Count; i++)
            _sessions[i] = _sessions[i] with { FirstPage = null, LastPage = null };
    }

    public UpstreamSession? Find(int number) => IndexOf(number) is var index and >= 0 ? _sessions[index] : null;

    /// <summary>The place of a session; negative if it is forgotten. Most events belong to the last one.</summary>
    private int IndexOf(int number)
    {
        var i = _sessions.Count - 1;
        while (i >= 0 && _sessions[i].Number != number)
            i--;
        return i;
    }

    /// <param name="generation">The ownership of its browser.</param>
    public void Start(SessionStarted started, long generation)
    {
        if (_sessions.Count == 0)
            _sessions.Capacity = 1; // Many guests never have a second one.
        _sessions.Add(new UpstreamSession
        {
            Number = started.Session,
            BrowserId = started.BrowserId,
            Channel = started.Channel,
            PointOfSale = started.PointOfSale,
            Timeout = started.Timeout,
            StartedAt = started.At,
            LastActivityAt = started.At,
            Counts = TypeCounts.None,
            Generation = generation,
        });
        Trim();
        PutCartsAway(started.At);
        PutTypesAway();
    }

    public void Count(EventRecorded recorded)
    {
        var index = IndexOf(recorded.Session);
        if (index < 0)
            return;
        var session = _sessions[index];
        var counts = CountsWith(session.TypeCounts, recorded.Type, isLatest: index >= _sessions.Count - limits.CartsInFull);
        if (recorded.Type == EventTypes.ForceClose)
        {
            _sessions[index] = session with { Counts = counts, ClosedAt = recorded.ReceivedAt };
            return;
        }

        _sessions[index] = session with
        {
            // A host whose clock is behind must not make a session older than it is.
            LastActivityAt = recorded.ReceivedAt > session.LastActivityAt ? recorded.ReceivedAt : session.LastActivityAt,
            PointOfSale = recorded.PointOfSale,
            Timeout = recorded.SessionTimeout ?? session.Timeout,
            FirstPage = session.FirstPage ?? recorded.Page,
            LastPage = recorded.Page ?? session.LastPage,
            Counts = counts,
            Cart = recorded.MakesNoOrder
                ? session.Cart
                : CartReading.After(
                    session.Cart, recorded.Type, Amendments.Read(recorded.Body, recorded.Defaults), limits),
            Providers = ProvidersAfter(session.Providers, recorded),

            // It counted as over when its browser came.
            ContinuedFrom = session.ContinuedFrom ?? session.Origin?.Guest,
        };
    }

    /// <summary>Reverses the count of an event that will not be sent.</summary>
    public void Uncount(EventRecorded recorded)
    {
        var index = IndexOf(recorded.Session);
        if (index < 0 || _sessions[index].Counts.GetValueOrDefault(recorded.Type) is not (> 0 and var count))
            return;
        _sessions[index] = _sessions[index] with { Counts = _sessions[index].TypeCounts.With(recorded.Type, count - 1) };
    }

    /// <summary>Closes sessions by hand.</summary>
    public void Close(IReadOnlyList<int> numbers, DateTimeOffset at) =>
        Change(session => numbers.Contains(session.Number), session => session with { ClosedAt = at });

    /// <summary>The sessions that are open at a time, oldest first.</summary>
    public IReadOnlyList<UpstreamSession> OpenAt(DateTimeOffset now) =>
        _sessions.FindAll(session => session.ContinuedBy is null && session.IsOpen(now));

    /// <summary>Replaces known sessions by those that came with a browser.</summary>
    public void Take(IReadOnlyList<UpstreamSession> taken)
    {
        _sessions.RemoveAll(known => taken.Any(session => session.Number == known.Number));
        _sessions.AddRange(taken);
        UpstreamSession[] inOrder = [.. _sessions.OrderBy(static session => session.StartedAt)];
        _sessions.Clear();
        _sessions.AddRange(inOrder);
        Trim();
    }

    /// <summary>Changes the sessions that match.</summary>
    public void Change(Predicate<UpstreamSession> fits, Func<UpstreamSession, UpstreamSession> change)
    {
        for (var i = 0; i < _sessions.Count; i++)
        {
            if (fits(_sessions[i]))
                _sessions[i] = change(_sessions[i]);
        }
    }

    private void Trim() => _sessions.RemoveRange(0, Math.Max(0, _sessions.Count - limits.Sessions));

    /// <summary>Sums up the carts of sessions that are over, all but the latest.</summary>
    private void PutCartsAway(DateTimeOffset now)
    {
        for (var i = 0; i < _sessions.Count - limits.CartsInFull; i++)
        {
            if (_sessions[i] is { Cart: { Lines: not null } cart } session && !session.IsOpen(now))
                _sessions[i] = session with { Cart = cart.ToSummary() };
        }
    }

    /// <summary>
    /// Counts the tenant's own types of sessions before the latest as one: there may be many, with long names.
    /// </summary>
    private void PutTypesAway()
    {
        var at = _sessions.Count - limits.CartsInFull - 1;
        if (at >= 0 && _sessions[at].Counts.Keys.Any(static type => !IsStandard(type)))
            _sessions[at] = _sessions[at] with
            {
                Counts = _sessions[at].Counts.GroupBy(static count => IsStandard(count.Key) ? count.Key : OtherTypes)
                    .ToDictionary(static group => group.Key, static group => group.Sum(static count => count.Value)),
            };
    }

    private TypeCounts CountsWith(TypeCounts known, string type, bool isLatest)
    {
        var isCounted = known.ContainsKey(type)
            || (known.Count < limits.CountedTypes && (isLatest || IsStandard(type)) && type.Length <= LongestCountedType);
        var name = isCounted ? type : OtherTypes;
        return known.With(name, known.GetValueOrDefault(name) + 1);
    }

    private static bool IsStandard(string type) => EventTypes.Standard.Contains(type) || type == EventTypes.ForceClose;

    private IReadOnlyList<string>? ProvidersAfter(IReadOnlyList<string>? known, EventRecorded recorded)
    {
        if (recorded.Type != EventTypes.Identity)
            return known;
        List<string> providers = [.. known ?? []];
        foreach (var provider in CartReading.ProvidersOf(Amendments.Read(recorded.Body, recorded.Defaults)))
        {
            if (providers.Count < limits.SessionProviders && provider.Length <= Identifier.LongestProvider
                && !providers.Contains(provider))
                providers.Add(provider);
        }

        return providers;
    }

    /// <summary>Moves the sessions with a clock that was set, so that open ones stay open for as long as before.</summary>
    public void Move(TimeSpan by)
    {
        for (var i = 0; i < _sessions.Count; i++)
        {
            _sessions[i] = _sessions[i] with
            {
                StartedAt = _sessions[i].StartedAt + by,
                LastActivityAt = _sessions[i].LastActivityAt + by,
                ClosedAt = _sessions[i].ClosedAt + by,
            };
        }
    }

    public void Restore(IEnumerable<UpstreamSession> sessions) => _sessions.AddRange(sessions);
}
