using GuestSessions.Core.Rejections;
using GuestSessions.Storage.Rejections;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    private static readonly RejectionQuery AllRejections = new(Entries.Tenant, null, null, null, Entries.Start, null, 10);

    private RejectionStore Rejections => new(_store.Rejections);

    [Fact]
    public async Task Rejections_are_read_back_latest_first_page_by_page_and_only_by_their_tenant()
    {
        await Rejections.AppendAsync(Entries.Tenant, [Rejected("e1"), Rejected("e2")], CancellationToken.None);
        await Rejections.AppendAsync("other", [Rejected("x")], CancellationToken.None);
        await Rejections.AppendAsync(Entries.Tenant, [Rejected("e3")], CancellationToken.None);

        var first = await Rejections.ReadAsync(AllRejections with { Limit = 2 }, CancellationToken.None);
        var second = await Rejections.ReadAsync(AllRejections with { Before = first[^1].Number }, CancellationToken.None);

        Assert.Equal(["e3", "e2"], first.Select(static found => found.Rejection.EventId));
        Assert.Equal(["e1"], second.Select(static found => found.Rejection.EventId));
        var read = second[0].Rejection;
        Assert.Equal([new RejectedPath("/event/pos", "unknown_point_of_sale")], read.Errors);
        Assert.Equal(Rejected("e1") with { Errors = read.Errors }, read);
    }

    [Fact]
    public async Task Rejections_are_found_by_code_guest_order_and_age()
    {
        await Rejections.AppendAsync(
            Entries.Tenant,
            [
                Rejected("e1") with { GuestHash = UInt128.MaxValue, OrderHash = 7 },
                Rejected("e2") with { GuestHash = 9, Code = "junk_guest_id", At = Entries.Start.AddDays(1) },
                Rejected("e3") with { OrderHash = 7 },
            ],
            CancellationToken.None);

        async Task<string> Found(RejectionQuery query) => string.Join(
            ",", (await Rejections.ReadAsync(query, CancellationToken.None)).Select(found => found.Rejection.EventId));
        Assert.Equal("e1", await Found(AllRejections with { Guest = UInt128.MaxValue }));
        Assert.Equal("e3,e1", await Found(AllRejections with { Order = 7 }));
        Assert.Equal("e2", await Found(AllRejections with { Code = "junk_guest_id" }));
        Assert.Equal("e2", await Found(AllRejections with { Since = Entries.Start.AddHours(1) }));
        Assert.Empty(await Found(AllRejections with { Guest = 9, Order = 7 }));

        await Rejections.DeleteAsync(Entries.Start.AddHours(1), CancellationToken.None);
        Assert.Equal("e2", await Found(AllRejections));
    }

    [Fact]
    public async Task The_oldest_rejections_of_a_tenant_beyond_the_bound_are_deleted()
    {
        var rows = _store.Rejections;
        RejectionRow Row(byte at) => new(Entries.Start, "c", 0, 0, [at]);
        await rows.AppendAsync("other", [Row(0)], 3, CancellationToken.None);
        for (byte at = 1; at <= 4; at += 2)
            await rows.AppendAsync(Entries.Tenant, [Row(at), Row((byte)(at + 1))], 3, CancellationToken.None);

        Assert.Equal([4, 3, 2], (await rows.ReadAsync(AllRejections, CancellationToken.None)).Select(kept => kept.Payload[0]));
        Assert.Single(await rows.ReadAsync(AllRejections with { Tenant = "other" }, CancellationToken.None));
    }

    private static Rejection Rejected(string eventId) => new(
        Entries.Start, "unknown_point_of_sale", eventId, "VIEW", "cust-42", "HB-9001",
        [new RejectedPath("/event/pos", "unknown_point_of_sale")]);
}
