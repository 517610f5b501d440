using GuestSessions.Core.Delivery;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Options;
using GuestSessions.Core.Rejections;
using GuestSessions.Grains.Contracts.Silos;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.Grains.Recovery;

/// <summary>
/// Deletes what is older than its retention time: finished history, rejections, operations that ended, and the acts in the
/// audit. Before it deletes a guest's old commits, it asks the guest for a snapshot if none covers them, so that the deletion
/// never loses an undelivered, quarantined or in-doubt event.
/// </summary>
public sealed partial class RetentionService(
    IJournal journal, IRejectionStore rejections, IOperationStore operations, IGuestLists lists, IGrainFactory grains,
    IMembershipWatch membership, IOptions<SessionsOptions> options, IOptions<RetentionOptions> retention, TimeProvider time,
    ILogger<RetentionService> logger) : BackgroundService
{
    private const int PageSize = 500;

    /// <summary>Commits per delete. Small deletes keep ingest from waiting long for the store.</summary>
    private const int CommitsAtOnce = 2_000;

    private const int ActsAtOnce = 1_000;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly MonotonicTime _monotonic = new(time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            // All silos share a store, so one silo does it for all.
            if (!membership.Share.Leads)
                continue;
            try
            {
                await ExpireAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ExpireAsync(CancellationToken cancellation)
    {
        var now = _monotonic.Earlier();
        var before = now - retention.Value.Retention;
        await rejections.DeleteAsync(now - IRejectionStore.Age, cancellation);
        await operations.DeleteEndedAsync(before, cancellation);
        while (await lists.DeleteActsAsync(now - retention.Value.AuditRetention, ActsAtOnce, cancellation) == ActsAtOnce)
        {
        }

        await CoverAsync(before, cancellation);
        int deleted, total = 0;
        do
        {
            deleted = await journal.DeleteExpiredAsync(before, CommitsAtOnce, cancellation);
            total += deleted;
        }
        while (deleted >= CommitsAtOnce);

        if (total > 0)
            LogDeleted(total, before);
    }

    private async Task CoverAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        IReadOnlyList<GuestKey> page;
        GuestKey? after = null;
        do
        {
            page = await journal.ReadUncoveredAsync(before, after, PageSize, cancellation);
            foreach (var guest in page.Where(guest => options.Value.Tenants.ContainsKey(guest.Tenant)))
                await SnapshotAsync(guest);
            after = page.Count > 0 ? page[^1] : null;
        }
        while (page.Count == PageSize);
    }

    private async Task SnapshotAsync(GuestKey guest)
    {
        try
        {
            await grains.GetGrain<IGuestDeliveryGrain>(guest.ToString()).SnapshotAsync();
        }
        catch (Exception exception)
        {
            // The failure of one guest must not keep the history of all guests forever.
            LogNotCovered(guest.HashText, exception);
        }
    }
}
