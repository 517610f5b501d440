using System.Globalization;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.ServiceDefaults.Options;
using GuestSessions.Storage;
using GuestSessions.Storage.Tenants;

namespace GuestSessions.Silo;

/// <summary>
/// The start over a backup, with <c>--after-restore</c>. The journal does not know what was delivered after the backup. So every
/// tenant is paused before anything can be sent, and what waits is marked as possibly a duplicate, or held in doubt, when its
/// guest is loaded. A person looks at it and resumes. Add it before the journal, so that it is done when the journal opens.
/// </summary>
internal sealed class AfterRestore(ServiceOptions options, TimeProvider time) : IHostedLifecycleService
{
    public const string Option = "--after-restore";

    private const int PageSize = 1_000;

    /// <summary>Who acted, in the audit.</summary>
    private const string By = "after-restore";

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var store = JournalChoice.NewStore(options.Storage);
        await store.OpenAsync(cancellationToken);
        var at = time.GetUtcNow();
        await store.MarkRestoreAsync(at, cancellationToken);
        foreach (var tenant in options.Tenants.Keys.Order(StringComparer.Ordinal))
            await PauseAsync(store, tenant, at, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task PauseAsync(IStore store, string tenant, DateTimeOffset at, CancellationToken cancellation)
    {
        var (events, guests) = await CountAsync(store.Lists, tenant, cancellation);
        var found = string.Create(CultureInfo.InvariantCulture,
            $"{events} waiting events of {guests} guests may have been delivered after the backup");
        var act = new PersonAct(By, at, $"Restored from a backup: {found}.");
        // The audit comes first, so that it knows every act.
        await store.Lists.AppendActAsync(tenant, new RecordedAct(ActNames.TenantPaused, act), cancellation);
        var tenants = new TenantDeliveryStore(store.Tenants);
        var before = await tenants.LoadAsync(tenant, cancellation) ?? new TenantDeliveryRecord();
        await tenants.SaveAsync(tenant, before with { Pause = act, Turn = before.Turn + 1 }, cancellation);
        Console.WriteLine($"Tenant {tenant} is paused: {found}. They are sent again, marked as possibly duplicate, or held in "
            + "doubt, once somebody resumes delivery (POST /v1/delivery/resume).");
    }

    private static async Task<(long Events, long Guests)> CountAsync(
        IGuestLists lists, string tenant, CancellationToken cancellation)
    {
        var (events, guests) = (0L, 0L);
        IReadOnlyList<ListedBacklog> page;
        UInt128? after = null;
        do
        {
            page = await lists.ReadBacklogAsync(new BacklogQuery(tenant, HotOnly: false, after, PageSize), cancellation);
            events += page.Sum(static guest => (long)guest.Undelivered);
            guests += page.Count;
            after = page.Count > 0 ? page[^1].Guest.Hash : null;
        }
        while (page.Count == PageSize);

        return (events, guests);
    }
}
