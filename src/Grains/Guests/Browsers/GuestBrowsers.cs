using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;
using GuestSessions.Grains.Guests.Delivery;

namespace GuestSessions.Grains.Guests.Browsers;

/// <summary>The result of a step that needs browsers.</summary>
/// <param name="Missing">The browser ids to link before the step can run. If there are any, nothing was decided.</param>
internal readonly record struct BrowserStep<T>(T? Result, IReadOnlyList<string> Missing);

/// <summary>How a step that needs browsers ended.</summary>
internal enum BrowserEnd
{
    Done,

    /// <summary>A browser belongs to another guest.</summary>
    Moved,

    /// <summary>Owners change too fast, or the guest has too many active browsers.</summary>
    Busy,
}

/// <summary>
/// One guest's browsers. It claims them before their events are accepted, releases them when another guest is named, and
/// ensures that every wait for another guest ends.
/// </summary>
internal sealed class GuestBrowsers(SessionCommitter committer, GuestPorts ports, DrainWatch drains)
{
    /// <summary>An erased guest gives nothing away: who claims its browser looks again, and finds that it is erased.</summary>
    private static readonly ReleaseOutcome OfErased = new(ReleaseDecision.Superseded, []);

    private readonly ClaimsUnderWay _underWay = new(committer.Clock);

    private BrowserClaims Claims => new(committer.Key, ports);

    private DateTimeOffset Now => committer.Clock.GetUtcNow();

    /// <summary>Whether the guest is claiming a browser for a call that waits.</summary>
    public bool IsClaiming => _underWay.Any;

    /// <summary>Runs a step in a commit in which the guest owns every browser the step needs.</summary>
    /// <param name="guest">The guest's own id.</param>
    /// <param name="kind">Which browsers the guest may claim.</param>
    /// <exception cref="SessionUnavailableException">The commit is not known to be durable.</exception>
    public async Task<(BrowserEnd End, T? Result)> EnterAsync<T>(
        string guest, ClaimKind kind, Func<SessionWork, BrowserStep<T>> step)
    {
        var claimed = new ClaimedBrowsers();
        try
        {
            for (var tries = 0; tries < BrowserClaims.MostTries; tries++)
            {
                var current = claimed;
                var entered = committer.EnterAsync(work =>
                {
                    foreach (var link in current.Links)
                        work.Do(Decider.Link(work.State, link with { Now = Now }));
                    return (step(work), work.State.Browsers.Releases);
                });
                // Calls that waited for these claims enter next, before the next owner can ask for the browsers.
                _underWay.End(current.Browsers);
                claimed = new ClaimedBrowsers();
                var (tried, releases) = await entered;
                if (tried.Missing.Count == 0)
                    return (BrowserEnd.Done, tried.Result);

                if (!await TryClaimAsync(guest, tried.Missing, kind, releases, claimed))
                    return (BrowserEnd.Moved, default);
            }
        }
        finally
        {
            _underWay.End(claimed.Browsers);
        }

        return (BrowserEnd.Busy, default);
    }

    /// <returns>False when a browser belongs to another guest and may not be taken.</returns>
    private async Task<bool> TryClaimAsync(
        string guest, IReadOnlyList<string> browsers, ClaimKind kind, long releases, ClaimedBrowsers claimed)
    {
        // A fixed order keeps two steps from waiting for each other's Claims.
        foreach (var browserId in browsers.Order(StringComparer.OrdinalIgnoreCase))
        {
            if (await _underWay.AwaitAsync(browserId))
                continue;
            _underWay.Begin(browserId);
            claimed.Browsers.Add(browserId);
            var outcome = await Claims.ClaimAsync(guest, browserId, kind, releases);
            ports.Instruments.Claimed(committer.Key.Tenant, outcome);
            if (outcome.IsMoved)
                return false;
            if (outcome.Link is { } link)
                claimed.Links.Add(link);
        }

        return true;
    }

    public async Task<ReleaseOutcome> ReleaseAsync(ReleaseMessage message)
    {
        drains.Note(new DrainQuery(message.BrowserId, message.Generation, message.By));
        var known = message.From is { } from && !await committer.ReadAsync(state => IsLinked(state, message))
            ? await Claims.ReadAsync(from, message.BrowserId)
            : [];
        return await committer.EnterAsync(work => work.State.IsErased ? OfErased : work.Do(Decider.Release(work.State, new ReleaseBrowser(
            message.Guest, message.BrowserId, message.Generation, message.From, Claims.UnnamedLine(message), Now)
        {
            To = message.To,
            Known = known,
        })));
    }

    /// <summary>Returns the browser's sessions that this guest knows.</summary>
    public async Task<IReadOnlyList<UpstreamSession>> ReadBrowserAsync(string browserId)
    {
        // A stale activation of a split cluster may have missed some of them.
        await committer.VerifyAsync(CancellationToken.None);
        return await committer.ReadAsync(state => Decider.SessionsOf(state, browserId));
    }

    public async Task<bool> HasDrainedAsync(DrainQuery query)
    {
        if (await committer.ReadAsync(state => IsBusy(state, query)))
            return false;

        // A stale activation of a split cluster may have missed undelivered events.
        await committer.VerifyAsync(CancellationToken.None);
        return true;
    }

    /// <summary>Reports that another guest, which this one waits for, has drained.</summary>
    public Task ReportDrainedAsync(DrainQuery query) => committer.EnterAsync(
        work => work.Do(Decider.Clear(work.State, query.BrowserId, query.Generation + 1, Now)));

    /// <summary>
    /// Takes the upstream's answer to the request for a browser id. The guest claims its own id like any other before it
    /// uses it. If the guest requested the id because an event in its line names a local id, the guest of that browser
    /// maps the local id to the new id or to an earlier one.
    /// </summary>
    public async Task EndBrowserIdAsync(GuestDelivery delivery, BrowserIdMessage answer)
    {
        var (localId, guest) = await committer.ReadAsync(state => (
            (Decider.Next(state, Now) as DeliveryStep.NeedBrowserId)?.LocalId, state.BrowserId is null ? state.Guest : null));
        var report = answer.Report;
        if (report.BrowserId is { } offered && localId is not null)
            report = report with
            {
                BrowserId = await Claims.MapLocalAsync(localId, new UpstreamBrowserId(offered, report.CustomerReference)),
            };
        else if (report.BrowserId is { } browserId && guest is not null)
        {
            if (await TryOwnAndEndAsync(guest, browserId, delivery, answer))
                return;
            report = report with { BrowserId = null };
        }

        await delivery.EndBrowserIdAsync(answer with { Report = report }, localId);
    }

    /// <summary>
    /// Makes a browser id the guest's own in the commit that links the browser. The first event of a new guest waits for it,
    /// and its start goes into the same commit.
    /// </summary>
    /// <returns>False when the id belongs to another guest, or still waits for another guest.</returns>
    private async Task<bool> TryOwnAndEndAsync(
        string guest, string browserId, GuestDelivery delivery, BrowserIdMessage answer)
    {
        var (end, isOwn) = await EnterAsync(guest, ClaimKind.Issued, work =>
        {
            var held = work.State.Browsers.Held(browserId);
            if (held is null && work.State.BrowserId is null)
                return new BrowserStep<bool>(false, [browserId]);
            if (held is { IsClear: true })
                delivery.EndBrowserId(work, answer);
            return new BrowserStep<bool>(held is { IsClear: true }, []);
        });
        return end == BrowserEnd.Done && isOwn;
    }

    /// <summary>
    /// Returns the upstream id of this guest's local id. If there is none, stores and returns the offered id.
    /// </summary>
    public async Task<UpstreamBrowserId?> MapLocalAsync(string guest, UpstreamBrowserId? offered)
    {
        if (await committer.ReadAsync(static state => state.IsErased))
            return null;
        if (offered is not null && !await OwnAsync(guest, offered.BrowserId))
            offered = null;
        return await committer.EnterAsync(work =>
        {
            if (work.State.BrowserId is null && offered is not null)
                work.Do(Decider.AssignBrowserId(work.State, offered.BrowserId, offered.CustomerReference, Now));
            return work.State.BrowserId is { } browserId
                ? new UpstreamBrowserId(browserId, work.State.CustomerReference)
                : null;
        });
    }

    /// <summary>Claims a browser id that the upstream issued for this guest, before it becomes the guest's own id.</summary>
    /// <returns>False when the id belongs to another guest, or still waits for another guest.</returns>
    private async Task<bool> OwnAsync(string guest, string browserId)
    {
        var (end, isClear) = await EnterAsync(guest, ClaimKind.Issued, work => new BrowserStep<bool>(
            work.State.Browsers.Held(browserId) is { IsClear: true },
            work.State.BrowserId is null && work.State.Browsers.Held(browserId) is null ? [browserId] : []));
        return end == BrowserEnd.Done && isClear;
    }

    private bool IsBusy(GuestSession state, DrainQuery query)
    {
        var isBusy = state.Browsers.IsBusyUpTo(query.BrowserId, query.Generation);
        if (isBusy)
            drains.Note(query);
        return isBusy;
    }

    private static bool IsLinked(GuestSession state, ReleaseMessage message) =>
        state.Browsers.Held(message.BrowserId) is not null
        || state.Browsers.Find(message.BrowserId, message.Generation) is not null;

    /// <summary>The browsers that one try of a step has claimed.</summary>
    private sealed class ClaimedBrowsers
    {
        public List<string> Browsers { get; } = [];

        public List<LinkBrowser> Links { get; } = [];
    }
}
