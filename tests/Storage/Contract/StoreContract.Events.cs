using GuestSessions.Core.Events;
using GuestSessions.Core.Json;
using GuestSessions.Core.Journal;
using GuestSessions.Storage.Events;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task An_event_is_found_among_all_guests_of_its_tenant_by_its_id_alone()
    {
        await AppendEventAsync("anna", "b3f1");
        await AppendEventAsync("berta", "b3f2");
        await AppendEventAsync("carla", "b3f1");
        await AppendEventAsync("dora", "content", """{"event_id":"b3f9"}""");
        await AppendEventAsync("foreign", "b3f5", tenant: "other");

        Assert.Equal(["anna", "carla"], (await SearchAsync("b3f1")).Guests.Order());
        Assert.Equal(["berta"], (await SearchAsync("b3f2")).Guests);
        foreach (var unknown in (string[])["b3f9", "b3f5", "b3f", "B3F1"])
            Assert.Equal((0, Entries.Start.AddSeconds(1), null), Parts(await SearchAsync(unknown)));
    }

    [Fact]
    public async Task A_search_for_an_event_in_an_empty_store_reads_nothing() =>
        Assert.Equal((0, null, null), Parts(await SearchAsync("b3f1")));

    [Fact]
    public async Task An_event_is_found_behind_thousands_of_newer_ones()
    {
        const int Newer = 6_000;
        var body = $$"""{"type":"VIEW","page":"{{new string('x', 1_800)}}"}""";
        await AppendEventAsync("anna", "b3f1");
        await Task.WhenAll(Enumerable.Range(0, Newer).Select(i => AppendEventAsync($"guest-{i}", $"e{i}", body)));

        Assert.Equal(["anna"], (await SearchAsync("b3f1")).Guests);
        Assert.Equal(["guest-17"], (await SearchAsync("e17")).Guests);
        Assert.Null((await SearchAsync("nobody")).Next);
    }

    [Fact]
    public async Task An_id_that_many_guests_use_is_found_at_each_of_them_when_the_search_goes_on()
    {
        const int guests = 1_200;
        await Task.WhenAll(Enumerable.Range(0, guests).Select(i => AppendEventAsync($"guest-{i}", "1")));
        using var search = new EventSearch(_store.Events, new Microsoft.Extensions.Time.Testing.FakeTimeProvider());

        List<string> found = [];
        JournalPlace? before = null;
        do
        {
            var some = await search.FindAsync(Entries.Tenant, "1", before, CancellationToken.None);
            found.AddRange(some.Guests);
            before = some.Next;
        }
        while (before is not null);

        Assert.Equal(guests, found.Count);
        Assert.Equal(guests, found.Distinct().Count());
    }

    [Fact]
    public async Task Events_of_an_erased_guest_are_not_found_nor_those_from_before_the_erasure()
    {
        await AppendEventAsync("anna", "b3f1");
        Assert.True(await Erasures.EraseAsync(Tombstone(Key("anna"), version: 1), CancellationToken.None));
        Assert.Empty((await SearchAsync("b3f1")).Guests);

        Assert.True(await Erasures.LiftAsync(Key("anna"), "anna", Act("back"), CancellationToken.None));

        Assert.Empty((await SearchAsync("b3f1")).Guests);
    }

    private async Task AppendEventAsync(
        string guest, string eventId, string body = """{"type":"VIEW"}""", string tenant = Entries.Tenant) =>
        Assert.Equal(AppendResult.Written, await _journal.AppendAsync(Keyring.Entry(guest, 1) with
        {
            Guest = Keyring.KeyOf(tenant, guest),
            Events = [Entries.Recorded(1) with { EventId = eventId, Body = Utf8Json.Parse(body) }],
        }));

    /// <summary>Searches to the end: time stands still, so no search stops before.</summary>
    private async Task<FoundEvents> SearchAsync(string eventId)
    {
        using var search = new EventSearch(_store.Events, new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        return await search.FindAsync(Entries.Tenant, eventId, null, CancellationToken.None);
    }

    private static (int, DateTimeOffset?, JournalPlace?) Parts(FoundEvents found) =>
        (found.Guests.Count, found.BackTo, found.Next);
}
