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
        await Operations.SaveAsync(Operation("op1"), [], 0, CancellationToken.None);
        await Operations.SaveAsync(record, [], 0, CancellationToken.None);

        Assert.Equal(record, await Operations.LoadAsync(Entries.Tenant, "op1", CancellationToken.None));
        Assert.Null(await Operations.LoadAsync("other", "op1", CancellationToken.None));
        Assert.Null(await Operations.LoadAsync(Entries.Tenant, "op2", CancellationToken.None));
    }

    [Fact]
    public async Task An_operation_of_another_tenant_is_never_overwritten()
    {
        await Operations.SaveAsync(Operation("op1"), [], 0, CancellationToken.None);
        await Operations.SaveAsync(Operation("op1") with { Tenant = "other", Redriven = 7 }, [], 0, CancellationToken.None);

        Assert.Equal(Operation("op1"), await Operations.LoadAsync(Entries.Tenant, "op1", CancellationToken.None));
        Assert.Null(await Operations.LoadAsync("other", "op1", CancellationToken.None));
    }

    [Fact]
    public async Task Running_operations_are_found_and_ended_ones_are_deleted_after_a_while()
    {
        await Operations.SaveAsync(Operation("op1"), [], 0, CancellationToken.None);
        await Operations.SaveAsync(Operation("op2"), [], 0, CancellationToken.None);
        await Operations.SaveAsync(Operation("op1") with { EndedAt = Entries.Start.AddHours(1) }, [], 0, CancellationToken.None);

        Assert.Equal([(Entries.Tenant, "op2")], await Operations.ReadRunningAsync(10, CancellationToken.None));

        await Operations.DeleteEndedAsync(Entries.Start.AddHours(1), CancellationToken.None);
        Assert.NotNull(await Operations.LoadAsync(Entries.Tenant, "op1", CancellationToken.None));
        await Operations.DeleteEndedAsync(Entries.Start.AddHours(2), CancellationToken.None);
        Assert.Null(await Operations.LoadAsync(Entries.Tenant, "op1", CancellationToken.None));
        Assert.NotNull(await Operations.LoadAsync(Entries.Tenant, "op2", CancellationToken.None));
    }

    [Fact]
    public async Task Items_are_read_page_by_page_in_their_order_and_a_repeated_step_replaces_its_own()
    {
        var items = Enumerable.Range(1, 5)
            .Select(static i => new OperationItem("anna", i, $"e{i}", OperationItem.Redriven)).ToList();
        await Operations.SaveAsync(Operation("op1"), items[..3], 0, CancellationToken.None);
        await Operations.SaveAsync(Operation("op1"), [items[4], items[3]], 2, CancellationToken.None);
        await Operations.SaveAsync(Operation("op1"), [items[3]], 2, CancellationToken.None);
        await Operations.SaveAsync(Operation("op1"), [], 3, CancellationToken.None);

        Assert.Equal(items[..2], await ItemsAsync("op1", after: 0, limit: 2));
        Assert.Equal([items[3]], await ItemsAsync("op1", after: 2, limit: 2));
        Assert.Empty(await Operations.ReadItemsAsync("other", "op1", 0, 2, CancellationToken.None));

        await Operations.SaveAsync(Operation("op1") with { Tenant = "other" }, items, 0, CancellationToken.None);
        Assert.Equal(3, (await ItemsAsync("op1", after: 0, limit: 9)).Count);

        await Operations.SaveAsync(Operation("op1") with { EndedAt = Entries.Start }, [], 3, CancellationToken.None);
        await Operations.DeleteEndedAsync(Entries.Start.AddHours(1), CancellationToken.None);
        await Operations.SaveAsync(Operation("op1"), [], 0, CancellationToken.None);
        Assert.Empty(await ItemsAsync("op1", after: 0, limit: 9));
    }

    [Fact]
    public async Task Operations_are_listed_latest_first_page_by_page_and_by_tenant()
    {
        foreach (var (id, minute) in ((string, int)[])[("op1", 1), ("op2", 2), ("op3", 2)])
            await Operations.SaveAsync(
                Operation(id) with { Act = new PersonAct("kim", Entries.Start.AddMinutes(minute)) }, [], 0,
                CancellationToken.None);

        async Task<string> Listed(string tenant, OperationPlace? before, int limit) => string.Join(",",
            (await Operations.ReadLatestAsync(tenant, before, limit, CancellationToken.None)).Select(static one => one.Id));
        Assert.Equal("op3,op2", await Listed(Entries.Tenant, null, 2));
        Assert.Equal("op1", await Listed(Entries.Tenant, new OperationPlace(Entries.Start.AddMinutes(2), "op2"), 2));
        Assert.Empty(await Listed("other", null, 2));
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
        await Operations.SaveAsync(replay, [], 0, CancellationToken.None);

        Assert.Equal(replay, await Operations.LoadAsync(Entries.Tenant, "op1", CancellationToken.None));
    }

    private Task<IReadOnlyList<OperationItem>> ItemsAsync(string id, long after, int limit) =>
        Operations.ReadItemsAsync(Entries.Tenant, id, after, limit, CancellationToken.None);

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
