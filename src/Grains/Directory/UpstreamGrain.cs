using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
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

    public Task<UpstreamBrowserId?> CreateBrowserIdAsync() => HereAsync(async () =>
    {
        var answer = await events.CreateBrowserIdAsync(Tenant, CancellationToken.None);
        return answer.BrowserId is { } browserId
            ? new UpstreamBrowserId(browserId, answer.CustomerReference)
            : null;
    });

    public Task<RelayedAnswer> ShowBrowserAsync(string browserId) =>
        HereAsync(() => relay.ShowBrowserAsync(Tenant, browserId, CancellationToken.None));

    public Task<RelayedAnswer> PersonalizeAsync(PersonalizationCall call) =>
        HereAsync(() => relay.PersonalizeAsync(Tenant, call, CancellationToken.None));

    /// <summary>An API host may know a new tenant before this silo does.</summary>
    /// <exception cref="SessionUnavailableException">The silo does not know the tenant yet.</exception>
    private static async Task<T> HereAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (TenantNotConfiguredException exception)
        {
            throw new SessionUnavailableException("The tenant is not configured on this silo.", exception);
        }
    }
}
