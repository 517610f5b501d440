using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Listing;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Sqlite;
using GuestSessions.Storage.Tests.Kit;
using Microsoft.Data.Sqlite;

namespace GuestSessions.Storage.Tests.Sqlite;

public sealed class SqliteFileTests : IDisposable
{
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
    public async Task What_was_acknowledged_is_in_the_files_before_anything_is_closed()
    {
        var file = _folder.File("sessions.db");
        await using var killed = await OpenAsync(file);
        await killed.FillAsync("anna", 5, pending: true);

        // What a killed process leaves behind: data and log as they are now, without the shared index.
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
        await using var store = new SqliteJournalStore(TemporaryFolder.ConnectionString(file));
        var keyring = new Core.Guests.GuestKeyring(await store.OpenAsync(CancellationToken.None));
        var before = WriteAheadLog.Commits(file);

        await store.WriteAsync(
            [.. Enumerable.Range(0, 300).Select(i => Entries.Row(keyring.KeyOf("t", $"{i}"), 1))
                .OrderBy(row => row.Guest)],
            commit: 1);

        Assert.Equal(before + 1, WriteAheadLog.Commits(file));
    }

    [Fact]
    public async Task A_second_process_is_told_that_the_file_is_taken()
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
    public async Task A_file_of_a_newer_version_is_refused_untouched()
    {
        var file = _folder.File("sessions.db");
        await using (await OpenAsync(file))
        {
        }

        Run(file, "PRAGMA user_version = 1000");

        await using var store = new SqliteJournalStore(TemporaryFolder.ConnectionString(file));
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => store.OpenAsync(CancellationToken.None));
        Assert.Contains("schema version 1000", failure.Message);
    }

    private const string WithoutRejections = "DROP TABLE rejection; DROP TABLE ext_type;";

    private const string WithoutWarnings = WithoutRejections + "ALTER TABLE aside DROP COLUMN warnings;";

    private const string WithoutEventIds = WithoutWarnings + "ALTER TABLE act DROP COLUMN event_id;";

    private const string WithoutOwners = "DROP TABLE owner;";

    private const string WithoutHistory = WithoutOwners + """
        DROP TABLE revisit; ALTER TABLE journal DROP COLUMN accepted;
        ALTER TABLE journal DROP COLUMN reached; ALTER TABLE journal DROP COLUMN settled;
        """;

    [Fact]
    public async Task A_file_from_before_the_marks_gets_them_and_its_commits_are_still_traced()
    {
        var file = _folder.File("sessions.db");
        await using (var first = await OpenAsync(file))
            await first.FillAsync("anna", 3);
        Run(file, WithoutEventIds + WithoutHistory + "PRAGMA user_version = 3");

        await using var journal = await OpenAsync(file);
        await journal.AppendAsync(journal.Keyring.Entry("anna", 4) with { Position = new(9, 9, 9) });

        var trace = await journal.TraceAsync(
            journal.Keyring.KeyOf(Entries.Tenant, "anna"), 2, 2, CancellationToken.None);
        Assert.Equal([new VersionSpan(0, 4)], trace.Spans);
    }

    [Fact]
    public async Task A_file_from_before_the_lists_gets_them()
    {
        var file = _folder.File("sessions.db");
        await using (await OpenAsync(file))
        {
        }

        Run(file, """
            DROP TABLE aside; DROP TABLE act; DROP TABLE operation; DROP INDEX head_hot;
            ALTER TABLE head DROP COLUMN undelivered; ALTER TABLE head DROP COLUMN since;
            ALTER TABLE head DROP COLUMN block; ALTER TABLE head DROP COLUMN hot;
            """ + WithoutRejections + WithoutHistory + "PRAGMA user_version = 2");

        await using var journal = await OpenAsync(file);
        await journal.FillAsync("anna", 2, pending: true);
        Assert.Equal(
            1, (await journal.Lists.CountAsync(Entries.Tenant, 10, CancellationToken.None)).Waiting);
    }

    [Fact]
    public async Task A_file_from_before_the_owners_of_browsers_gets_them()
    {
        var file = _folder.File("sessions.db");
        await using (await OpenAsync(file))
        {
        }

        Run(file, WithoutEventIds + WithoutOwners + "PRAGMA user_version = 4");

        await using var journal = await OpenAsync(file);
        var owner = await journal.ClaimAsync(
            new BrowserClaim("b", new GuestKey("shop", 1), "anna", After: 0), CancellationToken.None);
        Assert.Equal(1, owner.Generation);
    }

    [Fact]
    public async Task A_file_from_before_the_audit_named_events_gets_their_ids_from_then_on()
    {
        var file = _folder.File("sessions.db");
        var (before, after) = (Act("e1"), Act("e2"));
        await using (var first = await OpenAsync(file))
            await first.Lists.AppendActAsync(Entries.Tenant, before, CancellationToken.None);
        Run(file, WithoutEventIds + "PRAGMA user_version = 5");

        await using var journal = await OpenAsync(file);
        await journal.Lists.AppendActAsync(Entries.Tenant, after, CancellationToken.None);

        var audit = await journal.Lists.ReadAuditAsync(
            new AuditQuery(Entries.Tenant, null, null, null, 10), CancellationToken.None);
        Assert.Equal([after, before with { EventId = null }], audit.Select(listed => listed.Act));

        static RecordedAct Act(string eventId) => new("discarded", new PersonAct("kim", Entries.Start), 1, eventId);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_reported_as_damaged()
    {
        var file = _folder.File("sessions.db");
        await File.WriteAllTextAsync(file, new string('x', 8192));

        await using var store = new SqliteJournalStore(TemporaryFolder.ConnectionString(file));
        await Assert.ThrowsAsync<JournalCorruptException>(() => store.OpenAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("Data Source=")]
    [InlineData("Data Source=:memory:")]
    public void A_store_without_a_file_is_refused(string connectionString) =>
        Assert.Throws<ArgumentException>(() => new SqliteJournalStore(connectionString));

    [Theory]
    [InlineData("ReadPending", "USING COVERING INDEX head_pending (guest>?)")]
    [InlineData("ReadUncovered", "USING INDEX journal_at (at<?)")]
    [InlineData("DeleteExpired", "USING INDEX journal_at (at<?)")]
    [InlineData("ReadCommits", "USING INDEX journal_version (guest=? AND version>?)")]
    [InlineData("FindNames", "USING PRIMARY KEY (hash=?)")]
    [InlineData("ReadAside", "USING INDEX aside_listed (tenant=? AND in_doubt=? AND (at,guest,sequence)>(?,?,?) AND at<?)")]
    [InlineData("ReadBacklog", "USING INDEX head_pending (guest>?)")]
    [InlineData("ReadHotBacklog", "USING INDEX head_hot (guest>?)")]
    [InlineData("ReadAudit", "USING INDEX act_listed (tenant=? AND id<?)")]
    [InlineData("ReadAuditOfGuest", "USING INDEX act_of_guest (guest=? AND id<?)")]
    public async Task Queries_go_by_their_indexes(string script, string step)
    {
        var file = _folder.File("sessions.db");
        await using (await OpenAsync(file))
        {
        }

        var plan = QueryPlan(file, script);

        Assert.Contains(plan, line => line.Contains(step, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.StartsWith("SCAN", StringComparison.Ordinal));
    }

    private static Task<Journal> OpenAsync(string file) =>
        Journals.OpenAsync(new SqliteJournalStore(TemporaryFolder.ConnectionString(file)));

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

    private static List<string> QueryPlan(string file, string script)
    {
        using var stream = typeof(Journal).Assembly.GetManifestResourceStream($"{script}.sql")!;
        using var text = new StreamReader(stream);
        using var connection = Connect(file);
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {text.ReadToEnd()}";
        foreach (var name in (string[])["$guest", "$after", "$before", "$hash", "$limit"])
            command.Parameters.AddWithValue(name, 1);
        using var reader = command.ExecuteReader();
        var plan = new List<string>();
        while (reader.Read())
            plan.Add(reader.GetString(3));
        return plan;
    }
}
