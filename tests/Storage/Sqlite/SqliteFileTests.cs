using GuestSessions.Core.Journal;
using GuestSessions.Storage.Sql;
using GuestSessions.Storage.Sqlite;
using GuestSessions.Storage.Tests.Kit;
using Microsoft.Data.Sqlite;

namespace GuestSessions.Storage.Tests.Sqlite;

public sealed class SqliteFileTests : IDisposable
{
    private static readonly IReadOnlyList<Migration> Known = Migration.Of(SqliteSql.Store);

    private static readonly Migration Next = new(900, "ALTER TABLE head ADD COLUMN extra INTEGER;");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reopening_the_file_finds_everything()
    {
        var file = _folder.File("new/folder/sessions.db");
        var term = SearchTerm.BrowserId("b");
        await using (var first = await OpenAsync(file))
        {
            await first.AppendAsync(first.Keyring.Entry("anna", 1) with { Terms = [term] });
            await first.AppendAsync(first.Keyring.Entry("anna", 2, pending: true));
            await first.SaveSnapshotAsync("anna", 1);
        }

        await using var second = await OpenAsync(file);

        var stored = await second.LoadAsync("anna");
        Assert.Equal(1, stored.Snapshot!.Version);
        Assert.Equal([2], stored.Commits.Select(commit => commit.Version));
        Assert.Single(await second.ReadPendingAsync(null, 10, CancellationToken.None));
        Assert.Equal(
            ["anna"], await second.FindAsync(Entries.Tenant, term, null, 10, CancellationToken.None));
        Assert.Equal(AppendResult.Fenced, await second.AppendAsync(second.Keyring.Entry("anna", 2)));
    }

    [Fact]
    public async Task Acknowledged_commits_are_in_the_files_before_the_store_is_closed()
    {
        var file = _folder.File("sessions.db");
        await using var killed = await OpenAsync(file);
        await killed.FillAsync("anna", 5, pending: true);

        // A killed process leaves data and log as they are now, without the shared index.
        var left = _folder.File("left.db");
        File.Copy(file, left);
        File.Copy($"{file}-wal", $"{left}-wal");
        await using var next = await OpenAsync(left);

        Assert.Equal([1, 2, 3, 4, 5], await next.VersionsAsync("anna"));
        Assert.Equal(killed.Keyring.KeyOf("t", "g"), next.Keyring.KeyOf("t", "g"));
    }

    [Fact]
    public void Every_connection_syncs_each_commit_to_the_disk()
    {
        using var session = SqliteSession.Open(TemporaryFolder.ConnectionString(_folder.File("sessions.db")));

        Assert.Equal("wal", session.Scalar("PRAGMA journal_mode"));
        Assert.Equal(2L, session.Scalar("PRAGMA synchronous")); // FULL
        Assert.Equal(1L, session.Scalar("PRAGMA fullfsync"));
    }

    [Fact]
    public async Task A_batch_is_one_commit_in_the_log()
    {
        var file = _folder.File("sessions.db");
        await using var store = new SqliteStore(TemporaryFolder.ConnectionString(file));
        var keyring = new Core.Guests.GuestKeyring(await store.OpenAsync(CancellationToken.None));
        var before = WriteAheadLog.Commits(file);

        await store.Journal.WriteAsync(
            [.. Enumerable.Range(0, 300).Select(i => Entries.Row(keyring.KeyOf("t", $"{i}"), 1))
                .OrderBy(row => row.Guest)],
            commit: 1);

        Assert.Equal(before + 1, WriteAheadLog.Commits(file));
    }

    [Fact]
    public async Task A_second_process_learns_that_the_file_is_in_use()
    {
        var file = _folder.File("sessions.db");
        await using (await OpenAsync(file))
        {
            var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => OpenAsync(file));
            Assert.Contains("in use by another process", failure.Message);
        }

        await using var afterwards = await OpenAsync(file);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_stops_the_start_and_is_not_changed()
    {
        var file = _folder.File("sessions.db");
        await using (await OpenAsync(file))
        {
        }

        Run(file, "PRAGMA user_version = 1000");

        await using var store = new SqliteStore(TemporaryFolder.ConnectionString(file));
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => store.OpenAsync(CancellationToken.None));
        Assert.Contains("schema version 1000", failure.Message);
    }

    [Fact]
    public async Task A_file_of_an_older_version_is_migrated_step_by_step_and_keeps_what_it_holds()
    {
        var file = _folder.File("sessions.db");
        await using (var old = await OpenAsync(file))
            await old.FillAsync("anna", 2);

        await using (var next = await OpenAsync(file, [.. Known, Next, new(901, "UPDATE head SET extra = 7;")]))
        {
            Assert.Equal([1, 2], await next.VersionsAsync("anna"));
            await next.FillAsync("berta", 1);
        }

        using var connection = Connect(file);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat(coalesce(extra, 0)) FROM (SELECT extra FROM head ORDER BY id)";
        Assert.Equal("7,0", command.ExecuteScalar());
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => OpenAsync(file));
        Assert.Contains("schema version 901", failure.Message);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_behind()
    {
        var file = _folder.File("sessions.db");
        await using (var store = new SqliteStore(
            TemporaryFolder.ConnectionString(file), SqliteSession.Open, [.. Known, Next, new(901, "NO SQL")]))
            await Assert.ThrowsAsync<JournalUnavailableException>(() => store.OpenAsync(CancellationToken.None));

        await using var afterwards = await OpenAsync(file, [.. Known, Next]);
        await afterwards.FillAsync("anna", 1);
    }

    [Fact]
    public void Migrations_are_numbered_without_a_gap() => Assert.Equal(
        Enumerable.Range(1, Known.Count), Known.Select(static migration => migration.Version));

    [Fact]
    public async Task A_file_that_is_no_database_is_reported_as_damaged()
    {
        var file = _folder.File("sessions.db");
        await File.WriteAllTextAsync(file, new string('x', 8192));

        await using var store = new SqliteStore(TemporaryFolder.ConnectionString(file));
        await Assert.ThrowsAsync<JournalCorruptException>(() => store.OpenAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("Data Source=")]
    [InlineData("Data Source=:memory:")]
    public void A_connection_string_without_a_file_throws(string connectionString) =>
        Assert.Throws<ArgumentException>(() => new SqliteStore(connectionString));

    [Theory]
    [InlineData("journal", "pending", "USING COVERING INDEX head_pending (guest>?)")]
    [InlineData("retention", "uncovered", "USING INDEX journal_at (at<?)")]
    [InlineData("retention", "delete-expired", "USING INDEX journal_at (at<?)")]
    [InlineData("journal", "commits", "USING INDEX journal_version (guest=? AND version>?)")]
    [InlineData("journal", "find-names", "USING PRIMARY KEY (hash=?)")]
    [InlineData("lists", "asides", "USING INDEX aside_listed (tenant=? AND in_doubt=? AND (at,guest,sequence)>(?,?,?) AND at<?)")]
    [InlineData("lists", "backlog", "USING INDEX head_pending (guest>?)")]
    [InlineData("lists", "hot-backlog", "USING INDEX head_hot (guest>?)")]
    [InlineData("lists", "audit", "USING INDEX act_listed (tenant=? AND id<?)")]
    [InlineData("lists", "audit-of-guest", "USING INDEX act_of_guest (guest=? AND id<?)")]
    public async Task Queries_use_their_indexes(string concern, string statement, string step)
    {
        var file = _folder.File("sessions.db");
        await using (await OpenAsync(file))
        {
        }

        var plan = QueryPlan(file, SqlFile.Read(SqliteSql.Store, concern)[statement]);

        Assert.Contains(plan, line => line.Contains(step, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.StartsWith("SCAN", StringComparison.Ordinal));
    }

    private static Task<Journal> OpenAsync(string file, IReadOnlyList<Migration>? migrations = null) =>
        Journals.OpenAsync(new SqliteStore(TemporaryFolder.ConnectionString(file), SqliteSession.Open, migrations));

    private static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection($"{TemporaryFolder.ConnectionString(file)};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Run(string file, string sql)
    {
        using var connection = Connect(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static List<string> QueryPlan(string file, SqlStatement statement)
    {
        using var connection = Connect(file);
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {statement.Text}";
        foreach (var name in statement.Places.Keys)
            command.Parameters.AddWithValue($"@{name}", 1);
        using var reader = command.ExecuteReader();
        var plan = new List<string>();
        while (reader.Read())
            plan.Add(reader.GetString(3));
        return plan;
    }
}
