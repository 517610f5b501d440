using GuestSessions.Core.Journal;
using GuestSessions.Storage.GroupCommit;
using Microsoft.Extensions.Logging.Abstractions;

namespace GuestSessions.Storage.Tests.Kit;

internal static class Journals
{
    public static async Task<Journal> OpenAsync(IStore store, GroupCommitLimits? limits = null)
    {
        var journal = new Journal(
            store, TimeProvider.System, new TestMeters(), NullLogger<Journal>.Instance, limits);
        await journal.OpenAsync(CancellationToken.None);
        return journal;
    }

    public static Task<AppendResult> AppendAsync(this Journal journal, JournalEntry entry) =>
        journal.AppendAsync(entry, out _, CancellationToken.None);

    /// <summary>Appends versions 1 to <paramref name="last"/> of a guest.</summary>
    public static async Task FillAsync(this Journal journal, string guest, int last, bool pending = false)
    {
        for (var version = 1; version <= last; version++)
            Assert.Equal(AppendResult.Written, await journal.AppendAsync(
                journal.Keyring.Entry(guest, version, pending)));
    }

    public static Task<StoredSession> LoadAsync(this Journal journal, string guest) =>
        journal.LoadAsync(journal.Keyring.KeyOf(Entries.Tenant, guest), CancellationToken.None);

    public static async Task<List<long>> VersionsAsync(this Journal journal, string guest, long after = 0)
    {
        var versions = new List<long>();
        await foreach (var commit in journal.ReadAsync(
            journal.Keyring.KeyOf(Entries.Tenant, guest), after, CancellationToken.None))
            versions.Add(commit.Version);
        return versions;
    }

    public static Task SaveSnapshotAsync(this Journal journal, string guest, long version) =>
        journal.SaveSnapshotAsync(
            journal.Keyring.KeyOf(Entries.Tenant, guest),
            Entries.Snapshot(guest, version),
            CancellationToken.None);
}
