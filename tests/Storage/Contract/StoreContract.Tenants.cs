using GuestSessions.Core.Delivery;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Tenants;

namespace GuestSessions.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 10, 15, 30, TimeSpan.Zero);

    [Fact]
    public async Task The_state_of_a_tenant_is_kept_as_it_was_last_saved_and_apart_from_others()
    {
        var store = new TenantDeliveryStore(_store.Tenants);
        Assert.Null(await store.LoadAsync("shop", CancellationToken.None));
        await store.SaveAsync("shop", new TenantDeliveryRecord { HeldUntil = At }, CancellationToken.None);
        var last = new TenantDeliveryRecord
        {
            Pause = new PersonAct("key-1", At, "\"quoted\" – and not ASCII"),
            Trouble = TenantTrouble.Refusals,
            TroubleSince = At,
            TroubleStatus = 400,
        };

        await store.SaveAsync("shop", last, CancellationToken.None);

        Assert.Equal(last, await store.LoadAsync("shop", CancellationToken.None));
        Assert.Null(await store.LoadAsync("Shop", CancellationToken.None));
    }

    [Fact]
    public async Task The_history_of_a_tenant_is_kept_beside_its_delivery()
    {
        var store = new TenantHistoryStore(_store.Tenants);
        Assert.Empty(await store.LoadAsync("shop", CancellationToken.None));
        await new TenantDeliveryStore(_store.Tenants).SaveAsync("shop", new TenantDeliveryRecord { HeldUntil = At }, CancellationToken.None);
        HistorySlice[] slices =
        [
            new HistorySlice(At) { Accepted = 3, Delivered = 2, Waiting = 7, OldestAge = TimeSpan.FromSeconds(90), Delays = [0, 2, 0] },
            new HistorySlice(At.AddMinutes(5)) { Quarantined = 1, InDoubt = 4, Rejected = 5 },
        ];

        await store.SaveAsync("shop", slices, CancellationToken.None);

        var loaded = await store.LoadAsync("shop", CancellationToken.None);
        Assert.Equal([0, 2, 0], loaded[0].Delays);
        Assert.Equal(slices[0] with { Delays = [] }, loaded[0] with { Delays = [] });
        Assert.Equal(slices[1] with { Delays = [] }, loaded[1] with { Delays = [] });
        Assert.NotNull(await new TenantDeliveryStore(_store.Tenants).LoadAsync("shop", CancellationToken.None));
    }
}
