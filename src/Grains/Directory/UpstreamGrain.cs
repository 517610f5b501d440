using GuestSessions.Core.Delivery;
using GuestSessions.Grains.Contracts;
using Orleans.Concurrency;

namespace GuestSessions.Grains.Directory;

/// <summary>Forwards calls that belong to no guest's line.</summary>
[StatelessWorker]
[Reentrant]
[GrainType("upstream")]
public sealed class UpstreamGrain(IStreamClient events, IUpstreamRelay relay) : Grain, IUpstreamGrain
{
    private string Tenant => this.GetPrimaryKeyString();

    public async Task<UpstreamBrowserId?> CreateBrowserIdAsync()
    {
        var answer = await events.CreateBrowserIdAsync(Tenant, CancellationToken.None);
        return answer.BrowserId is { } browserId
            ? new UpstreamBrowserId(browserId, answer.CustomerReference)
            : null;
    }

    public Task<RelayedAnswer> ShowBrowserAsync(string browserId) =>
        relay.ShowBrowserAsync(Tenant, browserId, CancellationToken.None);

    public Task<RelayedAnswer> PersonalizeAsync(PersonalizationCall call) =>
        relay.PersonalizeAsync(Tenant, call, CancellationToken.None);
}
