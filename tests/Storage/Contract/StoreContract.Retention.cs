using GuestSessions.Core.Journal;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    // Entries are a second apart, so versions 1 to 5 are before this moment.
    private static readonly DateTimeOffset Horizon = Entries.Start.AddSeconds(6);

    [Fact]
    public async Task Old_commits_without_a_snapshot_are_listed_until_one_covers_them()
    {
        for (var i = 0; i < 10; i++)
            await _journal.FillAsync($"guest-{i}", 6);
        for (var i = 0; i < 10; i += 2)
            await _journal.SaveSnapshotAsync($"guest-{i}", 5);
        await _journal.SaveSnapshotAsync("guest-1", 4);

        Assert.Equal(
            Enumerable.Range(0, 10).Where(i => i % 2 == 1).Select(i => Key($"guest-{i}")).Order(),
            await PagesAsync(after =>
                _journal.ReadUncoveredAsync(Horizon, after, 2, CancellationToken.None)));
        Assert.Empty(await _journal.ReadUncoveredAsync(Entries.Start, null, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Only_commits_that_are_old_and_covered_are_deleted()
    {
        await _journal.FillAsync("anna", 8);
        await _journal.SaveSnapshotAsync("anna", 7);
        await _journal.FillAsync("berta", 8);
        await _journal.SaveSnapshotAsync("berta", 3);
        await _journal.FillAsync("conny", 8);

        Assert.Equal(8, await _journal.DeleteExpiredAsync(Horizon, 100, CancellationToken.None));

        Assert.Equal([6, 7, 8], await _journal.VersionsAsync("anna"));
        Assert.Equal([4, 5, 6, 7, 8], await _journal.VersionsAsync("berta"));
        Assert.Equal(8, (await _journal.VersionsAsync("conny")).Count);
    }

    [Fact]
    public async Task Deletion_stops_at_its_limit_and_returns_the_number_of_deleted_commits()
    {
        await _journal.FillAsync("anna", 8);
        await _journal.SaveSnapshotAsync("anna", 8);

        Assert.Equal(3, await _journal.DeleteExpiredAsync(Horizon, 3, CancellationToken.None));
        Assert.Equal(2, await _journal.DeleteExpiredAsync(Horizon, 3, CancellationToken.None));
        Assert.Equal(0, await _journal.DeleteExpiredAsync(Horizon, 3, CancellationToken.None));
    }

    [Fact]
    public async Task After_deletion_a_session_loads_from_its_snapshot_and_continues()
    {
        await _journal.FillAsync("anna", 5, pending: true);
        await _journal.SaveSnapshotAsync("anna", 5);
        await _journal.DeleteExpiredAsync(Horizon, 100, CancellationToken.None);

        var stored = await _journal.LoadAsync("anna");

        Assert.Equal(5, stored.Snapshot!.Version);
        Assert.Empty(stored.Commits);
        Assert.Equal([Key("anna")], await _journal.ReadPendingAsync(null, 10, CancellationToken.None));
        Assert.Equal(AppendResult.Fenced, await _journal.AppendAsync(Keyring.Entry("anna", 1)));
        Assert.Equal(AppendResult.Written, await _journal.AppendAsync(Keyring.Entry("anna", 6)));
    }

    [Fact]
    public async Task A_covered_commit_that_is_kept_longer_than_a_later_one_is_no_damage()
    {
        // The clocks of two silos differ: version 2 claims to be younger than version 3.
        await _journal.FillAsync("anna", 1);
        await _journal.AppendAsync(Keyring.Entry("anna", 2) with { At = Horizon.AddDays(1) });
        await _journal.AppendAsync(Keyring.Entry("anna", 3));
        await _journal.AppendAsync(Keyring.Entry("anna", 4));
        await _journal.SaveSnapshotAsync("anna", 3);
        await _journal.DeleteExpiredAsync(Horizon, 100, CancellationToken.None);

        Assert.Equal([2, 4], await _journal.VersionsAsync("anna"));
    }
}
