using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Guests_with_undelivered_events_are_listed_in_key_order_page_by_page()
    {
        for (var i = 0; i < 25; i++)
            await _journal.AppendAsync(Keyring.Entry($"guest-{i}", 1, pending: i % 5 != 0));
        var expected = Enumerable.Range(0, 25).Where(i => i % 5 != 0).Select(i => Key($"guest-{i}")).Order();

        Assert.Equal(expected, await PagesAsync(after =>
            _journal.ReadPendingAsync(after, 7, CancellationToken.None)));
    }

    [Fact]
    public async Task A_guest_is_pending_if_its_last_commit_says_so()
    {
        await _journal.AppendAsync(Keyring.Entry("anna", 1));
        Assert.Empty(await _journal.ReadPendingAsync(null, 10, CancellationToken.None));

        await _journal.AppendAsync(Keyring.Entry("anna", 2, pending: true));
        Assert.Equal([Key("anna")], await _journal.ReadPendingAsync(null, 10, CancellationToken.None));

        await _journal.AppendAsync(Keyring.Entry("anna", 3, pending: true));
        Assert.Equal([Key("anna")], await _journal.ReadPendingAsync(null, 10, CancellationToken.None));

        await _journal.AppendAsync(Keyring.Entry("anna", 4));
        Assert.Empty(await _journal.ReadPendingAsync(null, 10, CancellationToken.None));
    }

    [Fact]
    public async Task A_term_finds_its_guests_in_ordinal_order_of_their_names_page_by_page()
    {
        var term = SearchTerm.Identifier("CRM_ID", "4711");
        string[] names = ["b", "B", "a~", "a", "a.1", "Z"];
        foreach (var name in names)
            await _journal.AppendAsync(Keyring.Entry(name, 1) with { Terms = [term] });

        var first = await _journal.FindAsync(Entries.Tenant, term, null, 4, CancellationToken.None);
        var second = await _journal.FindAsync(Entries.Tenant, term, first[^1], 4, CancellationToken.None);

        Assert.Equal(["B", "Z", "a", "a.1"], first);
        Assert.Equal(["a~", "b"], second);
    }

    [Fact]
    public async Task A_term_finds_no_guest_of_another_tenant_kind_or_value()
    {
        var term = SearchTerm.OrderReference("4711");
        await _journal.AppendAsync(Keyring.Entry("anna", 1) with { Terms = [term] });
        var foreign = Keyring.Entry("foreign", 1) with
        {
            Guest = Keyring.KeyOf("other", "foreign"),
            Terms = [term],
        };
        await _journal.AppendAsync(foreign);

        Assert.Equal(["anna"], await FindAsync(Entries.Tenant, term));
        Assert.Equal(["foreign"], await FindAsync("other", term));
        Assert.Empty(await FindAsync(Entries.Tenant, SearchTerm.BrowserId("4711")));
        Assert.Empty(await FindAsync(Entries.Tenant, SearchTerm.OrderReference("4712")));
    }

    [Fact]
    public async Task Indexing_a_term_twice_changes_nothing()
    {
        var term = SearchTerm.BrowserId("b");
        await _journal.AppendAsync(Keyring.Entry("anna", 1) with { Terms = [term, term] });
        await _journal.AppendAsync(Keyring.Entry("anna", 2) with { Terms = [term] });

        Assert.Equal(["anna"], await FindAsync(Entries.Tenant, term));
    }

    private Task<IReadOnlyList<string>> FindAsync(string tenant, SearchTerm term) =>
        _journal.FindAsync(tenant, term, null, 10, CancellationToken.None);

    /// <summary>Reads pages until one is empty.</summary>
    private static async Task<List<GuestKey>> PagesAsync(Func<GuestKey?, Task<IReadOnlyList<GuestKey>>> read)
    {
        var all = new List<GuestKey>();
        for (var page = await read(null); page.Count > 0; page = await read(page[^1]))
            all.AddRange(page);
        return all;
    }
}
