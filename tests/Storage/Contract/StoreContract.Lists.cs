using GuestSessions.Core.Journal;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    private IGuestLists Lists => _store.Lists;

    [Fact]
    public async Task Set_aside_events_are_listed_oldest_first_page_by_page_as_long_as_they_are_set_aside()
    {
        await ListAsync("anna", 1, new() { Asides = [Aside(7, minute: 3), Aside(8, minute: 1)] });
        await ListAsync("berta", 1, new() { Asides = [Aside(2, minute: 2), Aside(3, minute: 4, inDoubt: true)] });

        Assert.Equal([("anna", 8), ("berta", 2), ("anna", 7)], await AsidesAsync(inDoubt: false, limit: 2));
        Assert.Equal([("berta", 3)], await AsidesAsync(inDoubt: true, limit: 2));

        await ListAsync("anna", 2, new() { Asides = [new AsideChange(8, null), Aside(7, minute: 5, inDoubt: true)] });

        Assert.Equal([("berta", 2)], await AsidesAsync(inDoubt: false, limit: 1));
        Assert.Equal([("berta", 3), ("anna", 7)], await AsidesAsync(inDoubt: true, limit: 1));
    }

    [Fact]
    public async Task Set_aside_events_are_filtered_by_type_code_and_age()
    {
        await ListAsync("anna", 1, new()
        {
            Asides = [Aside(1, minute: 1, type: "VIEW"), Aside(2, minute: 2, type: "ADD", code: "too_old")],
        });

        async Task<string> Found(SetAsideQuery query) => string.Join(
            ",", (await Lists.ReadSetAsideAsync(query, CancellationToken.None)).Select(found => found.Sequence));
        var all = new SetAsideQuery(Entries.Tenant, InDoubt: false, null, null, null, null, 10);
        Assert.Equal("1,2", await Found(all));
        Assert.Equal("2", await Found(all with { Type = "ADD" }));
        Assert.Equal("2", await Found(all with { Code = "too_old" }));
        Assert.Equal("1", await Found(all with { Before = Entries.Start.AddMinutes(2) }));
        Assert.Empty(await Found(all with { Tenant = "other" }));
        var listed = Assert.Single(await Lists.ReadSetAsideAsync(all with { Type = "VIEW" }, CancellationToken.None));
        Assert.Equal(
            new ListedSetAside(Key("anna"), "anna", 1, "e1", "VIEW", "upstream_refused", Entries.Start.AddMinutes(1)), listed);
    }

    [Fact]
    public async Task Set_aside_events_are_filtered_by_their_warnings()
    {
        EventWarning[] both = [new("confirm_without_add", "/event/product/0/item_id"), new("clock_skew", "/occurred at\n")];
        AsideChange With(long sequence, IReadOnlyList<EventWarning>? warnings)
        {
            var change = Aside(sequence, minute: (int)sequence);
            return change with { Aside = change.Aside! with { Event = change.Aside.Event with { Warnings = warnings } } };
        }

        await ListAsync("anna", 1, new() { Asides = [With(1, null), With(2, both[..1]), With(3, both)] });

        async Task<string> Found(string? warning) => string.Join(",", (await Lists.ReadSetAsideAsync(
            new SetAsideQuery(Entries.Tenant, false, null, null, null, null, 10, warning), CancellationToken.None))
            .Select(found => found.Sequence));
        Assert.Equal("1,2,3", await Found(null));
        Assert.Equal("2,3", await Found("any"));
        Assert.Equal("2,3", await Found("confirm_without_add"));
        Assert.Equal("3", await Found("clock_skew"));
        Assert.Empty(await Found("confirm"));
        Assert.Empty(await Found("%"));
        var listed = (await Lists.ReadSetAsideAsync(
            new SetAsideQuery(Entries.Tenant, false, null, null, null, null, 10, "clock_skew"), CancellationToken.None)).Single();
        Assert.Equal([both[0], new("clock_skew", "/occurred at ")], listed.Warnings);
    }

    [Fact]
    public async Task Guests_that_wait_are_listed_with_the_number_of_events_the_time_and_the_reason()
    {
        var since = Entries.Start.AddMinutes(1);
        await ListAsync("anna", 1, new() { Undelivered = 3, WaitingSince = since, Block = "paused" }, pending: true);
        await ListAsync("berta", 1, new() { Undelivered = 100, WaitingSince = since }, pending: true);
        await ListAsync("carla", 1, new());

        var anna = new ListedBacklog(Key("anna"), "anna", 3, since, "paused");
        var berta = new ListedBacklog(Key("berta"), "berta", 100, since, null);
        Assert.Equal(
            ((ListedBacklog[])[anna, berta]).OrderBy(listed => listed.Guest), await BacklogAsync(hotOnly: false));
        Assert.Equal([berta], await BacklogAsync(hotOnly: true));

        await ListAsync("berta", 2, new() { Undelivered = 99, WaitingSince = since }, pending: true);
        await ListAsync("anna", 2, new());

        Assert.Equal([berta with { Undelivered = 99 }], await BacklogAsync(hotOnly: false));
        Assert.Empty(await BacklogAsync(hotOnly: true));
    }

    [Fact]
    public async Task The_audit_is_read_latest_first_and_filtered_by_person_and_by_guest()
    {
        await ListAsync("anna", 1, new() { Acts = [Act("redriven", "kim", 7), Act("guest_paused", "sam")] });
        await ListAsync("berta", 1, new() { Acts = [Act("discarded", "kim", 2)] });
        await Lists.AppendActAsync(Entries.Tenant, Act("bulk_redrive_started", "sam"), CancellationToken.None);

        Assert.Equal(
            [("bulk_redrive_started", null), ("discarded", "berta"), ("guest_paused", "anna"), ("redriven", "anna")],
            await AuditAsync(new AuditQuery(Entries.Tenant, null, null, null, 3)));
        Assert.Equal(
            [("bulk_redrive_started", null), ("guest_paused", "anna")],
            await AuditAsync(new AuditQuery(Entries.Tenant, "sam", null, null, 3)));
        Assert.Equal(
            [("guest_paused", "anna"), ("redriven", "anna")],
            await AuditAsync(new AuditQuery(Entries.Tenant, null, Key("anna"), null, 3)));
        Assert.Empty(await AuditAsync(new AuditQuery("other", null, null, null, 3)));
        var redriven = (await Lists.ReadAuditAsync(
            new AuditQuery(Entries.Tenant, "kim", Key("anna"), null, 3), CancellationToken.None)).Single().Act;
        Assert.Equal(Act("redriven", "kim", 7), redriven);
    }

    [Fact]
    public async Task Old_acts_are_deleted_from_the_audit_oldest_first()
    {
        await ListAsync("anna", 1, new() { Acts = [Act("redriven", "kim", 7), Act("guest_paused", "sam")] });
        var late = new RecordedAct("discarded", new PersonAct("kim", Entries.Start.AddDays(2)), 2, "e2");
        await ListAsync("anna", 2, new() { Acts = [late] });
        var horizon = Entries.Start.AddDays(1);

        Assert.Equal(0, await Lists.DeleteActsAsync(Entries.Start, 10, CancellationToken.None));
        Assert.Equal(1, await Lists.DeleteActsAsync(horizon, 1, CancellationToken.None));
        Assert.Equal(
            [("discarded", "anna"), ("guest_paused", "anna")],
            await AuditAsync(new AuditQuery(Entries.Tenant, null, null, null, 3)));
        Assert.Equal(1, await Lists.DeleteActsAsync(horizon, 10, CancellationToken.None));
        Assert.Equal(0, await Lists.DeleteActsAsync(horizon, 10, CancellationToken.None));

        Assert.Equal(late, Assert.Single(await Lists.ReadAuditAsync(
            new AuditQuery(Entries.Tenant, null, null, null, 3), CancellationToken.None)).Act);
    }

    [Fact]
    public async Task The_longest_wait_of_a_tenant_is_counted()
    {
        await ListAsync("anna", 1, new() { Undelivered = 1, WaitingSince = Entries.Start.AddMinutes(2) }, pending: true);
        await ListAsync("berta", 1, new() { Undelivered = 1, WaitingSince = Entries.Start.AddMinutes(1) }, pending: true);
        await ListAsync("carla", 1, new(), pending: true);

        Assert.Equal(
            Entries.Start.AddMinutes(1),
            (await Lists.CountAsync(Entries.Tenant, 10, CancellationToken.None)).WaitingSince);
        await ListAsync("berta", 2, new());
        Assert.Equal(
            Entries.Start.AddMinutes(2),
            (await Lists.CountAsync(Entries.Tenant, 10, CancellationToken.None)).WaitingSince);
        Assert.Null((await Lists.CountAsync("other", 10, CancellationToken.None)).WaitingSince);
    }

    [Fact]
    public async Task A_tenant_is_counted_up_to_a_bound()
    {
        await ListAsync("anna", 1, new()
        {
            Undelivered = 100,
            Asides = [Aside(1, minute: 5), Aside(2, minute: 2), Aside(3, minute: 7, inDoubt: true)],
        }, true);
        await ListAsync("berta", 1, new() { Undelivered = 1 }, pending: true);

        var since = new TenantCounts(0, 0, 0, 0)
        {
            QuarantinedSince = Entries.Start.AddMinutes(2),
            InDoubtSince = Entries.Start.AddMinutes(7),
        };
        Assert.Equal(
            since with { Waiting = 2, Hot = 1, Quarantined = 2, InDoubt = 1, Undelivered = 101 },
            await Lists.CountAsync(Entries.Tenant, 10, CancellationToken.None));
        var bounded = await Lists.CountAsync(Entries.Tenant, 1, CancellationToken.None);
        Assert.Equal(
            since with { Waiting = 1, Hot = 1, Quarantined = 1, InDoubt = 1, Undelivered = bounded.Undelivered }, bounded);
        Assert.Contains(bounded.Undelivered, (long[])[1, 100]);
        Assert.Equal(new TenantCounts(0, 0, 0, 0), await Lists.CountAsync("other", 10, CancellationToken.None));
    }

    [Fact]
    public async Task A_commit_that_is_fenced_lists_nothing()
    {
        await ListAsync("anna", 1, new());
        var stale = Keyring.Entry("anna", 1) with { Lists = new() { Asides = [Aside(1)], Acts = [Act("redriven", "kim")] } };

        Assert.Equal(AppendResult.Fenced, await _journal.AppendAsync(stale));

        Assert.Empty(await AsidesAsync(inDoubt: false, limit: 10));
        Assert.Empty(await AuditAsync(new AuditQuery(Entries.Tenant, null, null, null, 10)));
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\ud800b")]
    public async Task A_text_that_a_store_cannot_hold_unchanged_fails_no_batch(string text)
    {
        var (reached, open) = _store.HoldNextWrite();
        var first = _journal.AppendAsync(Keyring.Entry("first", 1));
        await reached;
        var odd = ListAsync("anna", 1, new() { Acts = [Act("redriven", text, 7)] });
        var other = _journal.AppendAsync(Keyring.Entry("berta", 1));
        open();

        await first;
        await odd;
        Assert.Equal(AppendResult.Written, await other);
    }

    private async Task ListAsync(string guest, long version, ListChanges lists, bool pending = false) =>
        Assert.Equal(AppendResult.Written, await _journal.AppendAsync(
            Keyring.Entry(guest, version, pending) with { Lists = lists }));

    private static AsideChange Aside(
        long sequence, int minute = 0, bool inDoubt = false, string type = "VIEW", string code = "upstream_refused") =>
        new(sequence, new SetAsideEvent(
            Entries.Recorded(sequence) with { Type = type }, 1, inDoubt, inDoubt ? null : code,
            Entries.Start.AddMinutes(minute)));

    private static RecordedAct Act(string kind, string by, long? sequence = null) =>
        new(kind, new PersonAct(by, Entries.Start, sequence is null ? null : "because"), sequence,
            sequence is { } about ? $"e{about}" : null);

    private async Task<List<(string, long)>> AsidesAsync(bool inDoubt, int limit)
    {
        List<(string, long)> all = [];
        for (SetAsidePlace? after = null; ;)
        {
            var page = await Lists.ReadSetAsideAsync(
                new SetAsideQuery(Entries.Tenant, inDoubt, null, null, null, after, limit), CancellationToken.None);
            if (page.Count == 0)
                return all;
            all.AddRange(page.Select(aside => (aside.Name, aside.Sequence)));
            after = page[^1].Place;
        }
    }

    private async Task<List<ListedBacklog>> BacklogAsync(bool hotOnly)
    {
        List<ListedBacklog> all = [];
        for (UInt128? after = null; ;)
        {
            var page = await Lists.ReadBacklogAsync(
                new BacklogQuery(Entries.Tenant, hotOnly, after, 1), CancellationToken.None);
            if (page.Count == 0)
                return all;
            all.AddRange(page);
            after = page[^1].Guest.Hash;
        }
    }

    private async Task<List<(string, string?)>> AuditAsync(AuditQuery query)
    {
        List<(string, string?)> all = [];
        for (var page = await Lists.ReadAuditAsync(query, CancellationToken.None); page.Count > 0;
            page = await Lists.ReadAuditAsync(query with { Before = page[^1].Number }, CancellationToken.None))
            all.AddRange(page.Select(listed => (listed.Act.Kind, listed.Name)));
        return all;
    }
}
