using GuestSessions.Core.Lists;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Operations;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    private OperationStore Operations => new(_store.Operations);

    [Fact]
    public async Task An_operation_is_read_back_as_it_was_last_saved_and_only_by_its_tenant()
    {
        var record = Operation("op1") with { Total = 7, Redriven = 3, Skipped = 1 };
        await Operations.SaveAsync(Operation("op1"), CancellationToken.None);
        await Operations.SaveAsync(record, CancellationToken.None);

        Assert.Equal(record, await Operations.LoadAsync(Entries.Tenant, "op1", CancellationToken.None));
        Assert.Null(await Operations.LoadAsync("other", "op1", CancellationToken.None));
        Assert.Null(await Operations.LoadAsync(Entries.Tenant, "op2", CancellationToken.None));
    }

    [Fact]
    public async Task An_operation_of_another_tenant_is_never_overwritten()
    {
        await Operations.SaveAsync(Operation("op1"), CancellationToken.None);
        await Operations.SaveAsync(Operation("op1") with { Tenant = "other", Redriven = 7 }, CancellationToken.None);

        Assert.Equal(Operation("op1"), await Operations.LoadAsync(Entries.Tenant, "op1", CancellationToken.None));
        Assert.Null(await Operations.LoadAsync("other", "op1", CancellationToken.None));
    }

    [Fact]
    public async Task Running_operations_are_found_and_ended_ones_are_deleted_after_a_while()
    {
        await Operations.SaveAsync(Operation("op1"), CancellationToken.None);
        await Operations.SaveAsync(Operation("op2"), CancellationToken.None);
        await Operations.SaveAsync(Operation("op1") with { EndedAt = Entries.Start.AddHours(1) }, CancellationToken.None);

        Assert.Equal([(Entries.Tenant, "op2")], await Operations.ReadRunningAsync(10, CancellationToken.None));

        await Operations.DeleteEndedAsync(Entries.Start.AddHours(1), CancellationToken.None);
        Assert.NotNull(await Operations.LoadAsync(Entries.Tenant, "op1", CancellationToken.None));
        await Operations.DeleteEndedAsync(Entries.Start.AddHours(2), CancellationToken.None);
        Assert.Null(await Operations.LoadAsync(Entries.Tenant, "op1", CancellationToken.None));
        Assert.NotNull(await Operations.LoadAsync(Entries.Tenant, "op2", CancellationToken.None));
    }

    [Fact]
    public async Task A_replay_is_read_back_with_its_range_and_its_place()
    {
        var replay = Operation("op1") with
        {
            Kind = OperationRecord.ReplayKind,
            Guest = "shop/00000000000000000000000000000001",
            First = 3,
            Last = 90,
            From = Entries.Start,
            To = Entries.Start.AddDays(1),
            Next = 42,
            Replayed = 30,
            Failures = 2,
            HasFailed = true,
        };
        await Operations.SaveAsync(replay, CancellationToken.None);

        Assert.Equal(replay, await Operations.LoadAsync(Entries.Tenant, "op1", CancellationToken.None));
    }

    private static OperationRecord Operation(string id) => new()
    {
        Id = id,
        Tenant = Entries.Tenant,
        Kind = OperationRecord.BulkRedriveKind,
        Act = new PersonAct("kim", Entries.Start, "corrected"),
        Type = "VIEW",
        Code = "upstream_refused",
        Place = new SetAsidePlace(Entries.Start, UInt128.MaxValue - 7, 9),
    };
}
