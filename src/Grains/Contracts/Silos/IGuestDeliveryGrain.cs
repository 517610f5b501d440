using GuestSessions.Core.Delivery;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts.Silos;

/// <summary>
/// The calls of dispatchers, recovery and retention to a guest. Implemented by the same grains as
/// <see cref="IGuestGrain"/>. Not for callers outside the silos.
/// </summary>
[Alias("guest-delivery"), Version(1)]
public interface IGuestDeliveryGrain : IGrainWithStringKey
{
    /// <summary>
    /// Reports the outcome of an attempt. Returns when it is durable, or when the guest ignores it as outdated.
    /// </summary>
    [Alias("report-outcome")]
    Task ReportOutcomeAsync(OutcomeMessage outcome);

    /// <summary>Reports the upstream's answer to the request for a browser id.</summary>
    [Alias("report-browser-id")]
    Task ReportBrowserIdAsync(BrowserIdMessage answer);

    /// <summary>Continues delivery if an event is undelivered, and detects whether the activation is stale.</summary>
    [Alias("ensure-delivering")]
    Task EnsureDeliveringAsync();

    /// <summary>Saves a snapshot, so that retention can delete older commits.</summary>
    [Alias("snapshot")]
    Task SnapshotAsync();
}

/// <param name="PermitId">The dispatcher's permit. The grain may reuse it if it lives on the same silo.</param>
[GenerateSerializer, Immutable, Alias("outcome")]
public sealed record OutcomeMessage(
    [property: Id(0)] long Sequence,
    [property: Id(1)] int Attempt,
    [property: Id(2)] AttemptReport Report,
    [property: Id(3)] long PermitId);

/// <param name="PermitId">As in <see cref="OutcomeMessage"/>.</param>
[GenerateSerializer, Immutable, Alias("browser-id")]
public sealed record BrowserIdMessage(
    [property: Id(0)] BrowserIdReport Report,
    [property: Id(1)] long PermitId);
