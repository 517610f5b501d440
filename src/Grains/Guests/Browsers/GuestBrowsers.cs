using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;
using GuestSessions.Grains.Guests.Delivery;

namespace GuestSessions.Grains.Guests.Browsers;

/// <summary>What a step that needs browsers came to.</summary>
/// <param name="Missing">The browser ids to link before it can be done; then nothing was decided.</param>
internal readonly record struct BrowserStep<T>(T? Result, IReadOnlyList<string> Missing);

/// <summary>How a step that needs browsers ended.</summary>
internal enum BrowserEnd
{
    Done,

    /// <summary>A browser is another guest's.</summary>
    Moved,

    /// <summary>Owners change too fast, or the guest has too many browsers at work.</summary>
    Busy,
}

/// <summary>
/// One guest's browsers: claims them before their events are taken, gives them up when another guest is named, and sees to
/// it that every wait for another guest ends.
/// </summary>
internal sealed class GuestBrowsers(SessionCommitter committer, BrowserClaims claims, DrainWatch drains)
{
    private readonly ClaimsUnderWay _underWay = new(committer.Clock);

    private DateTimeOffset Now => committer.Clock.GetUtcNow();

    /// <summary>Runs a step in a commit in which the guest owns every browser the step needs.</summary>
    /// <param name="guest">The guest's own id.</param>
    /// <param name="take">Take browsers that are another guest's.</param>
    /// <exception cref="SessionUnavailableException">The commit is not known to be durable.</exception>
    public async Task<(BrowserEnd End, T? Result)> EnterAsync<T>(
        string guest, bool take, Func<SessionWork, BrowserStep<T>> step)
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
                // Whoever waited for these claims enters right behind, before the next owner can ask for the browsers.
                _underWay.End(current.Browsers);
                claimed = new ClaimedBrowsers();
                var (tried, releases) = await entered;
                if (tried.Missing.Count == 0)
                    return (BrowserEnd.Done, tried.Result);

                if (!await TryClaimAsync(guest, tried.Missing, take, releases, claimed))
                    return (BrowserEnd.Moved, default);
            }
        }
        finally
        {
            _underWay.End(claimed.Browsers);
        }

        return (BrowserEnd.Busy, default);
    }

    /// <returns>False when a browser is another guest's that may not be taken.</returns>
    private async Task<bool> TryClaimAsync(
        string guest, IReadOnlyList<string> browsers, bool take, long releases, ClaimedBrowsers claimed)
    {
        // In one order, so that no two steps wait for each other's claims.
        foreach (var browserId in browsers.Order(StringComparer.OrdinalIgnoreCase))
        {
            if (await _underWay.AwaitAsync(browserId))
                continue;
            _underWay.Begin(browserId);
            claimed.Browsers.Add(browserId);
            var outcome = await claims.ClaimAsync(guest, browserId, take, releases);
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
            ? await claims.ReadAsync(from, message.BrowserId)
            : [];
        return await committer.EnterAsync(work => work.Do(Decider.Release(work.State, new ReleaseBrowser(
            message.Guest, message.BrowserId, message.Generation, message.From, claims.UnnamedLine(message), Now)
        {
            To = message.To,
            Known = known,
        })));
    }

    /// <summary>What this guest knows of a browser's sessions.</summary>
    public async Task<IReadOnlyList<UpstreamSession>> ReadBrowserAsync(string browserId)
    {
        // An activation left over from a split cluster may have slept through some of it.
        await committer.VerifyAsync(CancellationToken.None);
        return await committer.ReadAsync(state => Decider.SessionsOf(state, browserId));
    }

    public async Task<bool> HasDrainedAsync(DrainQuery query)
    {
        if (await committer.ReadAsync(state => IsBusy(state, query)))
            return false;

        // An activation left over from a split cluster may know of nothing because it slept through it.
        await committer.VerifyAsync(CancellationToken.None);
        return true;
    }

    /// <summary>Another guest has drained, which this one waits for.</summary>
    public Task ReportDrainedAsync(DrainQuery query) => committer.EnterAsync(
        work => work.Do(Decider.Clear(work.State, query.BrowserId, query.Generation + 1, Now)));

    /// <summary>
    /// The upstream gave the guest a browser id of its own, which it owns like any other before it uses it. Where the guest
    /// asked because an event of its line names a local id, the guest of that browser says what it stands for: the new id, or
    /// the one from before.
    /// </summary>
    public async Task EndBrowserIdAsync(GuestDelivery delivery, BrowserIdMessage answer)
    {
        var (localId, guest) = await committer.ReadAsync(state => (
            (Decider.Next(state, Now) as DeliveryStep.NeedBrowserId)?.LocalId, state.BrowserId is null ? state.Guest : null));
        var report = answer.Report;
        if (report.BrowserId is { } offered && localId is not null)
            report = report with
            {
                BrowserId = await claims.MapLocalAsync(localId, new UpstreamBrowserId(offered, report.CustomerReference)),
            };
        else if (report.BrowserId is { } browserId && guest is not null && !await OwnAsync(guest, browserId))
            report = report with { BrowserId = null };
        await delivery.EndBrowserIdAsync(answer with { Report = report }, localId);
    }

    /// <summary>What a local id stands for, from the guest of its browser: the id offered, where there was none.</summary>
    public async Task<UpstreamBrowserId?> MapLocalAsync(string guest, UpstreamBrowserId? offered)
    {
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

    /// <summary>Owns a browser id the upstream issued for this guest, before it becomes the guest's own.</summary>
    /// <returns>False when it is another's, or still waits for another guest.</returns>
    private async Task<bool> OwnAsync(string guest, string browserId)
    {
        var (end, isClear) = await EnterAsync(guest, take: false, work => new BrowserStep<bool>(
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

    /// <summary>What one try of a step has claimed.</summary>
    private sealed class ClaimedBrowsers
    {
        public List<string> Browsers { get; } = [];

        public List<LinkBrowser> Links { get; } = [];
    }
}
