using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Set_aside_events_are_counted_exactly_by_type_and_code()
    {
        await ListAsync("anna", 1, new()
        {
            Asides = [Aside(1, minute: 1, type: "VIEW"), Aside(2, minute: 5, type: "VIEW"), Aside(3, minute: 2, type: "ADD")],
        });
        await ListAsync("berta", 1, new()
        {
            Asides = [Aside(1, minute: 3, type: "ADD", code: "too_old"), Aside(2, minute: 4, inDoubt: true)],
        });

        var all = new SetAsideQuery(Entries.Tenant, InDoubt: false, null, null, null, null, 10);
        var found = await Lists.GroupSetAsideAsync(all, CancellationToken.None);
        Assert.Equal(4, found.Count);
        Assert.Equal(
            [
                new SetAsideGroup("VIEW", "upstream_refused", 2, Entries.Start.AddMinutes(1), Entries.Start.AddMinutes(5)),
                new SetAsideGroup("ADD", "too_old", 1, Entries.Start.AddMinutes(3), Entries.Start.AddMinutes(3)),
                new SetAsideGroup("ADD", "upstream_refused", 1, Entries.Start.AddMinutes(2), Entries.Start.AddMinutes(2)),
            ],
            found.Groups);

        async Task<(long, int)> Counted(SetAsideQuery query)
        {
            var groups = await Lists.GroupSetAsideAsync(query, CancellationToken.None);
            return (groups.Count, groups.Groups.Count);
        }

        Assert.Equal((4, 1), await Counted(all with { Limit = 1 }));
        Assert.Equal((2, 2), await Counted(all with { Type = "ADD" }));
        Assert.Equal((1, 1), await Counted(all with { Type = "ADD", Code = "too_old" }));
        Assert.Equal((3, 3), await Counted(all with { Before = Entries.Start.AddMinutes(4) }));
        Assert.Equal((1, 1), await Counted(all with { InDoubt = true }));
        Assert.Equal((0, 0), await Counted(all with { Tenant = "other" }));
    }

    [Fact]
    public async Task A_set_aside_event_is_found_by_its_id_whoever_its_guest_is()
    {
        await ListAsync("anna", 1, new() { Asides = [Aside(7, minute: 3), Aside(8, minute: 1)] });
        await ListAsync("berta", 1, new() { Asides = [Aside(7, minute: 2, inDoubt: true)] });

        var found = await Lists.FindSetAsideAsync(Entries.Tenant, "e7", 10, CancellationToken.None);

        Assert.Equal(["berta", "anna"], found.Select(static aside => aside.Name));
        Assert.Single(await Lists.FindSetAsideAsync(Entries.Tenant, "e7", 1, CancellationToken.None));
        Assert.Empty(await Lists.FindSetAsideAsync("other", "e7", 10, CancellationToken.None));
    }

    [Fact]
    public async Task The_audit_says_through_what_a_person_acted()
    {
        var act = new RecordedAct("redriven", new PersonAct("kim", Entries.Start, "why", "console"), 7, "e7");
        await ListAsync("anna", 1, new() { Acts = [act] });
        await Lists.AppendActAsync(Entries.Tenant, act with { Sequence = null, EventId = null }, CancellationToken.None);

        Assert.All(
            await Lists.ReadAuditAsync(new AuditQuery(Entries.Tenant, null, null, null, 3), CancellationToken.None),
            static listed => Assert.Equal("console", listed.Act.Act.Via));
    }
}
