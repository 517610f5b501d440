using GuestSessions.Core.Delivery;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// The upstream, for API hosts, which do not connect to it themselves; only silos do. One grain per tenant, on every silo.
/// The key is the tenant's name.
/// </summary>
[Alias("upstream"), Version(1)]
public interface IUpstreamGrain : IGrainWithStringKey
{
    /// <summary>Requests a new browser id from the upstream. Returns null when it gave none.</summary>
    [Alias("create-browser-id")]
    Task<UpstreamBrowserId?> CreateBrowserIdAsync();

    /// <summary>Looks up the upstream's guest of a browser id.</summary>
    [Alias("show-browser")]
    Task<RelayedAnswer> ShowBrowserAsync(string browserId);

    /// <summary>Requests a personalization decision, in the form that the tenant's upstream expects.</summary>
    [Alias("personalize")]
    Task<RelayedAnswer> PersonalizeAsync(PersonalizationCall call);
}
