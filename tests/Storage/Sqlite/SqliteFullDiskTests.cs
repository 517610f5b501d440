using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Sqlite;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Sqlite;

public sealed class SqliteFullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _pages = 60;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_refuses_loses_nothing_and_recovers_by_itself_once_there_is_space()
    {
        var connectionString = TemporaryFolder.ConnectionString(_folder.File("sessions.db"));
        await using var journal = await Journals.OpenAsync(
            new SqliteStore(connectionString, ConnectNarrowly));

        var written = 0;
        var refused = 0;
        while (refused < 3)
        {
            Assert.True(written < 1000, "The disk never filled up.");
            try
            {
                Assert.Equal(AppendResult.Written, await journal.AppendAsync(Large(journal, written + 1)));
                written++;
            }
            catch (JournalUnavailableException)
            {
                refused++;
            }
        }

        Assert.Equal(written, (await journal.LoadAsync("anna")).Commits.Count);
        _pages = 1000;
        // The limit belongs to the connection, and the journal opens a new one only after a failure.
        await Assert.ThrowsAsync<JournalUnavailableException>(
            () => journal.AppendAsync(Large(journal, written + 1)));
        Assert.Equal(AppendResult.Written, await journal.AppendAsync(Large(journal, written + 1)));
        Assert.Equal(written + 1, (await journal.LoadAsync("anna")).Commits.Count);
    }

    /// <summary>
    /// A database with a limit of pages fails as on a full disk: SQLITE_FULL.
    /// </summary>
    private SqliteSession ConnectNarrowly(string connectionString)
    {
        var session = SqliteSession.Open(connectionString);
        session.Execute($"PRAGMA max_page_count = {_pages}");
        return session;
    }

    private static JournalEntry Large(Journal journal, long version) =>
        journal.Keyring.Entry("anna", version) with
        {
            Events = [new BrowserIdPostponed(1, new string('x', 3000), Entries.Start, Entries.Start)],
        };
}
