using GuestSessions.Core.Delivery;
using GuestSessions.Grains.Contracts;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.History;

/// <summary>
/// Keeps a tenant's history in memory, and saves it whenever a slice ends. A crash loses the current slice; the figures of
/// Prometheus are exact.
/// </summary>
[GrainType("tenant-history")]
[CollectionAgeLimit(AlwaysActive = true)]
public sealed partial class TenantHistoryGrain(
    ITenantHistoryStore store, TimeProvider time, ILogger<TenantHistoryGrain> logger)
    : Grain, ITenantHistoryGrain, ITenantTallyGrain
{
    private TenantHistory _history = null!;

    private string Tenant => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        try
        {
            _history = new TenantHistory(await store.LoadAsync(Tenant, cancellationToken));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new SessionUnavailableException("The tenant's history cannot be read now.", exception);
        }
    }

    /// <summary>A silo that leaves in order loses nothing. Nothing depends on it.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _history is null ? Task.CompletedTask : SaveAsync(cancellationToken);

    public Task AddAsync(TallyMessage tally) =>
        _history.Add(tally, time.GetUtcNow()) ? SaveAsync(CancellationToken.None) : Task.CompletedTask;

    public Task<IReadOnlyList<HistoryView>> ReadAsync() =>
        Task.FromResult<IReadOnlyList<HistoryView>>([.. _history.Read(time.GetUtcNow()).Select(View)]);

    private async Task SaveAsync(CancellationToken cancellation)
    {
        try
        {
            await store.SaveAsync(Tenant, _history.Read(time.GetUtcNow()), cancellation);
        }
        catch (Exception exception)
        {
            // The counts are in memory, and the next slice saves them too. A silo must not count them again.
            LogNotSaved(Tenant, exception);
        }
    }

    private static HistoryView View(HistorySlice slice) => new()
    {
        From = slice.From,
        Accepted = slice.Accepted,
        Delivered = slice.Delivered,
        Quarantined = slice.Quarantined,
        InDoubt = slice.InDoubt,
        Rejected = slice.Rejected,
        Waiting = slice.Waiting,
        OldestAge = slice.OldestAge,
        MedianDelay = DelayBuckets.Quantile(slice.Delays, 0.5),
        SlowestDelay = DelayBuckets.Quantile(slice.Delays, 0.99),
    };

    [LoggerMessage(7601, LogLevel.Warning, "The history of tenant {Tenant} could not be saved; the next slice saves it.")]
    private partial void LogNotSaved(string tenant, Exception exception);
}
