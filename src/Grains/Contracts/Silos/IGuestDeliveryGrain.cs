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
    [property: Id(2)] AttemptMessage Report,
    [property: Id(3)] long PermitId);

[GenerateSerializer, Immutable, Alias("browser-id")]
public sealed record BrowserIdMessage(
    [property: Id(0)] string? BrowserId,
    [property: Id(1)] string? CustomerReference,
    [property: Id(2)] AttemptMessage Report,
    [property: Id(3)] long PermitId);

/// <summary>An <see cref="AttemptReport"/> on its way to the grain.</summary>
[GenerateSerializer, Immutable, Alias("attempt")]
public sealed record AttemptMessage(
    [property: Id(0)] AttemptOutcome Outcome,
    [property: Id(1)] TimeSpan Duration,
    [property: Id(2)] int? Status,
    [property: Id(3)] string? Reference,
    [property: Id(4)] string? Answer,
    [property: Id(5)] string? Error,
    [property: Id(6)] TimeSpan? RetryAfter,
    [property: Id(7)] ConnectionUse? Connection = null)
{
    public static AttemptMessage Of(AttemptReport report) => new(
        report.Outcome, report.Duration, report.Status, report.Reference, report.Answer, report.Error,
        report.RetryAfter, report.Connection);

    public AttemptReport ToReport() => new()
    {
        Outcome = Outcome,
        Duration = Duration,
        Status = Status,
        Reference = Reference,
        Answer = Answer,
        Error = Error,
        RetryAfter = RetryAfter,
        Connection = Connection,
    };
}
