using GuestSessions.Core.Delivery;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// The upstream for hosts that have no connection to it: silos speak to it, API hosts do not. One per tenant, on every
/// silo; the key is the tenant's name.
/// </summary>
[Alias("upstream"), Version(1)]
public interface IUpstreamGrain : IGrainWithStringKey
{
    /// <summary>Asks the upstream for a new browser id; null when it gave none.</summary>
    [Alias("create-browser-id")]
    Task<UpstreamBrowserId?> CreateBrowserIdAsync();

    /// <summary>Looks up the upstream's guest of a browser id.</summary>
    [Alias("show-browser")]
    Task<RelayedAnswer> ShowBrowserAsync(string browserId);

    /// <summary>Asks for a decision, in the form of the tenant's upstream.</summary>
    [Alias("personalize")]
    Task<RelayedAnswer> PersonalizeAsync(PersonalizationCall call);
}
