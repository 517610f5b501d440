using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.PostgresKit;
using GuestSessions.Storage.Postgres;
using GuestSessions.Storage.Tests.Kit;
using Npgsql;

namespace GuestSessions.Storage.Tests.Postgres;

/// <summary>Commits whose answer was lost: whether they happened, and that they cannot happen later.</summary>
public sealed class PostgresOutcomeTests(PostgresServer server) : IAsyncLifetime
{
    private const string Stuck = "SELECT count(*) FROM pg_stat_activity WHERE application_name = '{0}' "
        + "AND wait_event_type = 'Lock'";

    private readonly string _name = $"outcome-{Guid.NewGuid():N}";
    private string _schema = null!;
    private Wire _wire = null!;
    private PostgresStore _store = null!;
    private GuestKey _anna;

    public async ValueTask InitializeAsync()
    {
        _schema = await server.NewSchemaAsync();
        _wire = new Wire(new NpgsqlConnectionStringBuilder(_schema).Port);
        _store = await OpenAsync(TimeSpan.FromSeconds(30));
        await _store.Journal.WriteAsync([Entries.Row(_anna, 1)], commit: 6);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _wire.DisposeAsync();
    }

    [Fact]
    public async Task A_write_that_still_runs_when_it_is_read_back_never_takes_effect()
    {
        await using var obstacle = await ObstacleAsync();
        var writing = _store.Journal.WriteAsync([Entries.Row(_anna, 2)], commit: 7);
        await StuckAsync();
        _wire.Lose();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => writing);
        Assert.Equal(1, await StuckNowAsync());

        Assert.Equal([false], await _store.Journal.ReadBackAsync([Entries.Row(_anna, 2)], commit: 7));

        await obstacle.DisposeAsync();
        await Eventually.TrueAsync(async () => await BusyAsync() == 0, what: "the server has come to rest");
        Assert.Equal([1L], await VersionsAsync());
        Assert.Equal([AppendResult.Written], await _store.Journal.WriteAsync([Entries.Row(_anna, 2)], commit: 8));
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_found_when_it_took_effect()
    {
        _wire.HoldAnswers();
        var writing = _store.Journal.WriteAsync([Entries.Row(_anna, 2)], commit: 7);
        await Eventually.TrueAsync(async () => (await VersionsAsync()).Count == 2, what: "the commit");
        _wire.Lose();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => writing);

        Assert.Equal([true], await _store.Journal.ReadBackAsync([Entries.Row(_anna, 2)], commit: 7));
        Assert.Equal([AppendResult.Written], await _store.Journal.WriteAsync([Entries.Row(_anna, 3)], commit: 8));
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_cancelled_and_changes_nothing()
    {
        await using var hurried = await OpenAsync(TimeSpan.FromMilliseconds(300));
        await using (await ObstacleAsync())
        {
            var failure = await Assert.ThrowsAsync<JournalUnavailableException>(
                () => hurried.Journal.WriteAsync([Entries.Row(_anna, 2)], commit: 7));
            var reason = Assert.IsType<PostgresException>(failure.InnerException);
            Assert.Equal(PostgresErrorCodes.QueryCanceled, reason.SqlState);
        }

        Assert.Equal([false], await hurried.Journal.ReadBackAsync([Entries.Row(_anna, 2)], commit: 7));
        Assert.Equal([1L], await VersionsAsync());
    }

    [Fact]
    public async Task A_server_that_refuses_makes_the_journal_unavailable_until_it_accepts_again()
    {
        await PostgresServer.ExecuteAsync(_schema, "ALTER TABLE journal ADD CHECK (false) NOT VALID");
        await Assert.ThrowsAsync<JournalUnavailableException>(
            () => _store.Journal.WriteAsync([Entries.Row(_anna, 2)], commit: 7));
        Assert.Equal([false], await _store.Journal.ReadBackAsync([Entries.Row(_anna, 2)], commit: 7));

        await PostgresServer.ExecuteAsync(_schema, "ALTER TABLE journal DROP CONSTRAINT journal_check");
        Assert.Equal([AppendResult.Written], await _store.Journal.WriteAsync([Entries.Row(_anna, 2)], commit: 8));
    }

    [Fact]
    public async Task A_deadlock_with_another_writer_fails_no_commit()
    {
        GuestKey[] guests = [new("shop", 10), new("shop", 11)];
        await _store.Journal.WriteAsync([.. guests.Select(guest => Entries.Row(guest, 1))], commit: 7);
        await using var source = NpgsqlDataSource.Create(
            $"{_schema};Pooling=false;Options=-c deadlock_timeout=60000");
        await using var other = await source.OpenConnectionAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await TouchAsync(other, guests[1]);

        // The store has locked the first head and waits for the second. The other writer waits the other way round.
        var writing = _store.Journal.WriteAsync([.. guests.Select(guest => Entries.Row(guest, 2))], commit: 8);
        await StuckAsync();
        await TouchAsync(other, guests[0]);
        await transaction.RollbackAsync();

        Assert.Equal([AppendResult.Written, AppendResult.Written], await writing);
    }

    /// <summary>A store whose connections go over the wire. Its server ends a deadlock after two seconds.</summary>
    private async Task<PostgresStore> OpenAsync(TimeSpan timeout)
    {
        var store = new PostgresStore(new PostgresSettings
        {
            ConnectionString = new NpgsqlConnectionStringBuilder(_schema)
            {
                Port = _wire.Port,
                ApplicationName = _name,
                Options = "-c deadlock_timeout=2000",
            }.ToString(),
            StatementTimeout = timeout,
        });
        _anna = new GuestKeyring(await store.OpenAsync(CancellationToken.None)).KeyOf("shop", "anna");
        return store;
    }

    /// <summary>Blocks every writer until it is disposed. Readers work on.</summary>
    private async Task<NpgsqlConnection> ObstacleAsync()
    {
        var connection = new NpgsqlConnection($"{_schema};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("BEGIN; LOCK TABLE journal IN SHARE MODE", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task TouchAsync(NpgsqlConnection connection, GuestKey guest)
    {
        await using var command = new NpgsqlCommand("UPDATE head SET name = name WHERE guest = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = PostgresHash.ToGuid(guest.Hash) });
        await command.ExecuteNonQueryAsync();
    }

    private Task StuckAsync() =>
        Eventually.TrueAsync(async () => await StuckNowAsync() == 1, what: "the write waits in the server");

    private async Task<long> StuckNowAsync() => (await PostgresServer.ReadAsync<long>(
        _schema, Stuck.Replace("{0}", _name, StringComparison.Ordinal))).Single();

    private async Task<long> BusyAsync() => (await PostgresServer.ReadAsync<long>(
        _schema, $"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{_name}' AND state = 'active'"))
        .Single();

    private Task<List<long>> VersionsAsync() => PostgresServer.ReadAsync<long>(
        _schema,
        $"SELECT version FROM journal WHERE guest = '{PostgresHash.ToGuid(_anna.Hash)}' ORDER BY version");
}
