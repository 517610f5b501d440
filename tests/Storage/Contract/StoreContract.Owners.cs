using GuestSessions.Core.Journal;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    private const string Browser = "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11";

    [Fact]
    public async Task A_browser_without_claim_has_no_owner() => Assert.Null(await OwnerAsync(Browser));

    [Fact]
    public async Task The_first_claim_of_a_browser_creates_generation_1()
    {
        var owner = await ClaimAsync("anna", after: 0);

        Assert.Equal(new BrowserOwner(Key("anna"), "anna", 1, Previous: null) { IsNew = true }, owner);
        Assert.Equal(owner with { IsNew = false }, await OwnerAsync(Browser));
    }

    [Fact]
    public async Task Of_claims_that_are_written_together_only_those_of_browsers_without_owner_are_new()
    {
        await ClaimAsync("anna", after: 0);
        await ClaimAsync("anna", after: 0, "browser-2");
        var (reached, open) = _store.HoldNextWrite();
        var first = ClaimAsync("anna", after: 0, "browser-3");
        await reached;
        var others = new[]
        {
            ClaimAsync("berta", after: 0), ClaimAsync("berta", after: 1, "browser-2"),
            ClaimAsync("berta", after: 0, "browser-4"), ClaimAsync("berta", after: 0, "browser-3"),
        };
        open();

        Assert.True((await first).IsNew);
        Assert.Equal([false, false, true, false], (await Task.WhenAll(others)).Select(static owner => owner.IsNew));
        Assert.Equal(["anna", "berta", "berta", "anna"], (await Task.WhenAll(others)).Select(static owner => owner.Name));
    }

    [Fact]
    public async Task A_claim_on_top_of_the_current_generation_moves_the_browser_and_keeps_the_previous_owner()
    {
        await ClaimAsync("anna", after: 0);
        var owner = await ClaimAsync("berta", after: 1);

        Assert.Equal(new BrowserOwner(Key("berta"), "berta", 2, Key("anna")), owner);
        Assert.Equal(new BrowserOwner(Key("anna"), "anna", 3, Key("berta")), await ClaimAsync("anna", after: 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_claim_on_top_of_any_other_generation_changes_nothing_and_returns_the_owner(long after)
    {
        await ClaimAsync("anna", after: 0);
        await ClaimAsync("berta", after: 1);

        Assert.Equal(new BrowserOwner(Key("berta"), "berta", 2, Key("anna")), await ClaimAsync("conny", after));
    }

    [Fact]
    public async Task A_repeated_claim_whose_first_answer_was_lost_changes_nothing()
    {
        await ClaimAsync("anna", after: 0);
        await ClaimAsync("berta", after: 1);

        Assert.Equal(new BrowserOwner(Key("berta"), "berta", 2, Key("anna")), await ClaimAsync("berta", after: 1));
    }

    [Fact]
    public async Task An_owner_that_claims_again_keeps_the_previous_owner()
    {
        await ClaimAsync("anna", after: 0);
        Assert.Equal(new BrowserOwner(Key("anna"), "anna", 2, Previous: null), await ClaimAsync("anna", after: 1));
        await ClaimAsync("berta", after: 2);

        Assert.Equal(new BrowserOwner(Key("berta"), "berta", 4, Key("anna")), await ClaimAsync("berta", after: 3));
    }

    [Fact]
    public async Task A_browser_has_one_owner_in_each_tenant_whatever_the_case_of_its_letters()
    {
        await ClaimAsync("anna", after: 0);

        Assert.Null(await _journal.ReadOwnerAsync("other", Browser, CancellationToken.None));
        Assert.NotNull(await OwnerAsync(Browser.ToUpperInvariant()));
    }

    [Fact]
    public async Task When_many_race_for_a_browser_exactly_one_wins_each_generation()
    {
        for (var generation = 0; generation < 50; generation++)
        {
            var after = generation;
            var owners = await Task.WhenAll(Enumerable.Range(0, 8)
                .Select(i => Task.Run(() => ClaimAsync($"guest-{after}-{i}", after))));

            Assert.Single(owners.Select(static owner => owner with { IsNew = false }).Distinct());
            Assert.Equal(generation == 0 ? 1 : 0, owners.Count(static owner => owner.IsNew));
            Assert.Equal(generation + 1, owners[0].Generation);
            Assert.StartsWith($"guest-{after}-", owners[0].Name, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Claims_that_come_while_one_is_being_written_share_a_transaction()
    {
        var (reached, open) = _store.HoldNextWrite();
        var first = ClaimAsync("anna", after: 0);
        await reached;
        var others = Enumerable.Range(0, 20).Select(i => _journal.ClaimAsync(
            new BrowserClaim($"browser-{i}", Key("anna"), "anna", 0), CancellationToken.None)).ToList();
        open();

        await first;
        Assert.All(await Task.WhenAll(others), owner => Assert.Equal(1, owner.Generation));
        Assert.Equal([1, 20], _store.Claims.Select(claims => claims.Count));
    }

    [Fact]
    public async Task A_claim_whose_answer_failed_has_an_unknown_outcome_and_can_be_repeated()
    {
        _store.AfterWrite = () => Task.FromException(new IOException("lost"));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => ClaimAsync("anna", after: 0));
        _store.AfterWrite = () => Task.CompletedTask;

        Assert.Equal("anna", (await ClaimAsync("anna", after: 0)).Name);
    }

    private Task<BrowserOwner> ClaimAsync(string guest, long after, string browserId = Browser) => _journal.ClaimAsync(
        new BrowserClaim(browserId, Key(guest), guest, after), CancellationToken.None);

    private Task<BrowserOwner?> OwnerAsync(string browserId) =>
        _journal.ReadOwnerAsync(Entries.Tenant, browserId, CancellationToken.None);
}
