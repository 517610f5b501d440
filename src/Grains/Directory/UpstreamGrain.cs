using GuestSessions.Core.Delivery;
using GuestSessions.Grains.Contracts;
using Orleans.Concurrency;

namespace GuestSessions.Grains.Directory;

/// <summary>Passes calls on that belong to no guest's line.</summary>
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

    public async Task<UpstreamAnswer> ShowBrowserAsync(string browserId) =>
        Message(await relay.ShowBrowserAsync(Tenant, browserId, CancellationToken.None));

    public async Task<UpstreamAnswer> PersonalizeAsync(PersonalizationRequest request)
    {
        var call = new PersonalizationCall(request.Body, request.SiteId)
        {
            UserAgent = request.UserAgent,
            Address = request.Address,
        };
        return Message(await relay.PersonalizeAsync(Tenant, call, CancellationToken.None));
    }

    private static UpstreamAnswer Message(RelayedAnswer answer) => new(answer.Status, answer.Body);
}
