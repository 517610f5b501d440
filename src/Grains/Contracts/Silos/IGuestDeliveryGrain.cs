using GuestSessions.Core.Delivery;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts.Silos;

/// <summary>
/// What dispatchers, recovery and retention ask of a guest. Same grains as <see cref="IGuestGrain"/>; not for callers
/// outside the silos.
/// </summary>
[Alias("guest-delivery"), Version(1)]
public interface IGuestDeliveryGrain : IGrainWithStringKey
{
    /// <summary>Takes the outcome of an attempt; returns when it is durable, or known to be old news.</summary>
    [Alias("report-outcome")]
    Task ReportOutcomeAsync(OutcomeMessage outcome);

    /// <summary>Takes the upstream's answer to the request for a browser id.</summary>
    [Alias("report-browser-id")]
    Task ReportBrowserIdAsync(BrowserIdMessage answer);

    /// <summary>Goes on delivering if something is undelivered, and finds out whether the activation is stale.</summary>
    [Alias("ensure-delivering")]
    Task EnsureDeliveringAsync();

    /// <summary>Saves a snapshot, so that retention can let older commits go.</summary>
    [Alias("snapshot")]
    Task SnapshotAsync();
}

/// <param name="PermitId">The dispatcher's permit, which the grain may use again if it lives on the same silo.</param>
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
