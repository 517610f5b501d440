using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_store_that_is_opened_again_has_the_same_secret_and_all_commits()
    {
        var term = SearchTerm.BrowserId("b");
        await _journal.AppendAsync(Keyring.Entry("anna", 1) with { Terms = [term] });
        await _journal.AppendAsync(Keyring.Entry("anna", 2));
        await _journal.AppendAsync(Keyring.Entry("anna", 3, pending: true));
        await _journal.SaveSnapshotAsync("anna", 2);
        var key = Key("anna");

        await CloseAndOpenAsync();

        Assert.Equal(key, Key("anna"));
        var stored = await _journal.LoadAsync("anna");
        Assert.Equal(2, stored.Snapshot!.Version);
        Assert.Equal([3], stored.Commits.Select(static commit => commit.Version));
        Assert.Equal([key], await _journal.ReadPendingAsync(null, 10, CancellationToken.None));
        Assert.Equal(["anna"], await _journal.FindAsync(Entries.Tenant, term, null, 10, CancellationToken.None));
        Assert.Equal(AppendResult.Fenced, await _journal.AppendAsync(Keyring.Entry("anna", 3)));
    }

    [Fact]
    public async Task Guests_that_are_loaded_at_the_same_moment_each_get_their_own_commits()
    {
        string[] guests = [.. Enumerable.Range(1, 120).Select(static number => $"guest-{number}")];
        for (var number = 1; number <= guests.Length; number++)
        {
            await _journal.FillAsync(guests[number - 1], last: 1 + (number % 5));
            if (number % 3 == 0)
                await _journal.SaveSnapshotAsync(guests[number - 1], version: 1);
        }

        await CloseAndOpenAsync();
        var loaded = await Task.WhenAll(guests.Append("nobody").Select(guest => _journal.LoadAsync(guest)));

        for (var number = 1; number <= guests.Length; number++)
        {
            var after = number % 3 == 0 ? 1 : 0;
            Assert.Equal(after, loaded[number - 1].Snapshot?.Version ?? 0);
            Assert.Equal(
                Enumerable.Range(after + 1, 1 + (number % 5) - after).Select(static version => (long)version),
                loaded[number - 1].Commits.Select(static commit => commit.Version));
            Assert.All(
                loaded[number - 1].Commits.SelectMany(static commit => commit.Events).OfType<GuestOpened>(),
                opened => Assert.Equal(guests[number - 1], opened.Guest));
        }

        Assert.Empty(loaded[^1].Commits);
    }

    [Fact]
    public async Task A_store_that_was_restored_says_since_when_to_whoever_opens_it()
    {
        Assert.Null(_journal.RestoredAt);
        await _store.MarkRestoreAsync(Entries.Start, CancellationToken.None);

        await CloseAndOpenAsync();

        Assert.Equal(Entries.Start, _journal.RestoredAt);
    }

    [Fact]
    public async Task A_store_that_is_opened_again_has_the_rows_of_every_role()
    {
        var extType = new LearnedExtType(new ExtAttribute("VIEW", "a", ExtType.Text), Entries.Start);
        var owner = await ClaimAsync("anna", after: 0);
        await ListAsync("anna", 1, new ListChanges { Asides = [Aside(1)], Acts = [Act("redriven", "kim", 1)] });
        await Operations.SaveAsync(Operation("op1"), [], 0, CancellationToken.None);
        await Rejections.AppendAsync(Entries.Tenant, [Rejected("e1")], CancellationToken.None);
        await ExtTypes.LearnAsync(Entries.Tenant, [extType], CancellationToken.None);
        await _store.Tenants.SaveAsync("shop", [1, 2, 3], CancellationToken.None);

        await CloseAndOpenAsync();

        Assert.Equal(owner with { IsNew = false }, await OwnerAsync(Browser));
        Assert.Equal([("anna", 1)], await AsidesAsync(inDoubt: false, limit: 10));
        Assert.Equal([("redriven", "anna")], await AuditAsync(new AuditQuery(Entries.Tenant, null, null, null, 10)));
        Assert.Equal(Operation("op1"), await Operations.LoadAsync(Entries.Tenant, "op1", CancellationToken.None));
        Assert.Single(await Rejections.ReadAsync(AllRejections, CancellationToken.None));
        Assert.Equal([extType], await ExtTypes.LoadAsync(Entries.Tenant, CancellationToken.None));
        Assert.Equal([1, 2, 3], await _store.Tenants.ReadAsync("shop", CancellationToken.None));
    }

    private async Task CloseAndOpenAsync()
    {
        await _journal.DisposeAsync();
        _store = new ObservedStore(Reopened());
        _journal = await Journals.OpenAsync(_store);
    }
}
