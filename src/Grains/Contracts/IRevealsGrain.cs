using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// Decides whether a person may see one more masked value, and writes that to the audit. One grain for each tenant, so that
/// the quota holds over all hosts. The key is the tenant's name.
/// </summary>
[Alias("reveals"), Version(1)]
public interface IRevealsGrain : IGrainWithStringKey
{
    /// <summary>
    /// Returns null when the person may see the value: then it is in the audit. Otherwise returns after which time the
    /// person may see one again.
    /// </summary>
    /// <exception cref="SessionUnavailableException">The audit cannot be read or written now: show nothing.</exception>
    [Alias("allow")]
    Task<RevealRefusal?> AllowAsync(RevealRequest request);
}

/// <summary>What a person wants to see.</summary>
/// <param name="Guest">The guest's grain key.</param>
/// <param name="EventId">The event that has the value; null for a value of the guest.</param>
/// <param name="Field">The name of the value. It has no personal part.</param>
[GenerateSerializer, Immutable, Alias("reveal-request")]
public sealed record RevealRequest(
    [property: Id(0)] string Guest,
    [property: Id(1)] string? EventId,
    [property: Id(2)] string Field,
    [property: Id(3)] ActMessage Act);

/// <param name="Quota">How many values the person can see within an hour.</param>
/// <param name="After">When the first of them is an hour ago.</param>
[GenerateSerializer, Immutable, Alias("reveal-refusal")]
public sealed record RevealRefusal([property: Id(0)] int Quota, [property: Id(1)] TimeSpan After);
