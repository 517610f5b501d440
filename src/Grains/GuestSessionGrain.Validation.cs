using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Sessions;

namespace GuestSessions.Grains;

public sealed partial class GuestSessionGrain : IGuestValidationGrain
{
    // The same decisions as live, one after the other, on a copy that goes away with the call.
    public async Task<RecordAnswer> ValidateAsync(RecordRequest request)
    {
        var links = await PeekAsync(request);
        return await ExplainedAsync(request, await _door.EnterAsync(work => Validate(work, request, links)));
    }

    private RecordAnswer Validate(SessionWork work, RecordRequest request, IReadOnlyList<LinkBrowser> links)
    {
        var copy = new SessionWork(work.State.Guest is null
            ? new GuestSession(work.State.Limits)
            : GuestSession.Restore(work.State.ToSnapshot(), work.State.Limits));
        foreach (var link in links)
            copy.Do(Decider.Link(copy.State, link with { Releases = copy.State.Browsers.Releases }));
        return new RecordAnswer(Record(copy, request, isTrial: true));
    }

    /// <summary>What the browsers of others would bring along if this guest owned them.</summary>
    private async Task<List<LinkBrowser>> PeekAsync(RecordRequest request)
    {
        var foreign = await _door.EnterAsync(work => request.Events.Select(static message => message.BrowserId)
            .OfType<string>().Where(browserId => work.State.Browsers.Held(browserId) is null)
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList());
        List<LinkBrowser> links = [];
        foreach (var browserId in foreign)
        {
            var (owner, sessions) = await _claims.PeekAsync(browserId);
            if (owner is not null)
                links.Add(new LinkBrowser(
                    request.Guest, browserId, owner.Generation + 1, From: null, IsDrained: true, Line: null, Releases: 0,
                    _door.Clock.GetUtcNow())
                {
                    Known = sessions,
                });
        }

        return links;
    }
}
