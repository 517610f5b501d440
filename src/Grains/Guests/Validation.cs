using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Guests.Browsers;

namespace GuestSessions.Grains.Guests;

/// <summary>The dry run. It makes the same decisions as the live path, on a copy that is discarded after the call.</summary>
internal sealed class Validation(
    SessionCommitter committer, GuestPorts ports, ReusedIds reused, TenantOptions tenant)
{
    private DateTimeOffset Now => committer.Clock.GetUtcNow();

    /// <summary>See <see cref="IGuestGrain.ValidateAsync"/>.</summary>
    public async Task<RecordAnswer> ValidateAsync(RecordRequest request)
    {
        if (await committer.ReadAsync(static state => state.IsErased))
            return new RecordAnswer([.. request.Events.Select(static _ => Recording.Erased)]);
        var links = await PeekAsync(request);
        return await reused.ExplainAsync(
            request, await committer.ReadAsync(state => Validate(CopyOf(state), request, links)));
    }

    private RecordAnswer Validate(SessionWork copy, RecordRequest request, IReadOnlyList<LinkBrowser> links)
    {
        foreach (var link in links)
            copy.Do(Decider.Link(copy.State, link with { Releases = copy.State.Browsers.Releases }));
        return new RecordAnswer(Recording.RecordAll(copy, request, tenant, Now, isTrial: true));
    }

    private static SessionWork CopyOf(GuestSession state) => new(state.Guest is null
        ? new GuestSession(state.Limits)
        : GuestSession.Restore(state.ToSnapshot(), state.Limits));

    /// <summary>Reads the sessions that other guests' browsers would bring if this guest owned them.</summary>
    private async Task<List<LinkBrowser>> PeekAsync(RecordRequest request)
    {
        var foreign = await committer.ReadAsync(state => request.Events.Select(static message => message.Content.BrowserId)
            .OfType<string>().Where(browserId => state.Browsers.Held(browserId) is null)
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList());
        var claims = new BrowserClaims(committer.Key, ports);
        List<LinkBrowser> links = [];
        foreach (var browserId in foreign)
        {
            var (owner, sessions) = await claims.PeekAsync(browserId);
            if (owner is not null)
                links.Add(new LinkBrowser(
                    request.Guest, browserId, owner.Generation + 1, From: null, IsDrained: true, Line: null, Releases: 0, Now)
                {
                    Known = sessions,
                });
        }

        return links;
    }
}
