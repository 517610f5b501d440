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
    Task<UpstreamAnswer> ShowBrowserAsync(string browserId);

    /// <summary>Asks for a decision, in the form of the tenant's upstream.</summary>
    [Alias("personalize")]
    Task<UpstreamAnswer> PersonalizeAsync(PersonalizationRequest request);
}

/// <param name="Body">The JSON body as it goes upstream.</param>
/// <param name="SiteId">The site that the caller named, in the edge form.</param>
/// <param name="UserAgent">The visitor's, where the tenant forwards it.</param>
/// <param name="Address">The visitor's, where the tenant forwards it.</param>
[GenerateSerializer, Immutable, Alias("personalization-request")]
public sealed record PersonalizationRequest(
    [property: Id(0)] ReadOnlyMemory<byte> Body,
    [property: Id(1)] string? SiteId,
    [property: Id(2)] string? UserAgent,
    [property: Id(3)] string? Address);

/// <summary>What the upstream answered, as it is.</summary>
/// <param name="Status">Null when no answer came.</param>
[GenerateSerializer, Immutable, Alias("upstream-answer")]
public sealed record UpstreamAnswer(
    [property: Id(0)] int? Status,
    [property: Id(1)] ReadOnlyMemory<byte> Body);
