using GuestSessions.Core.Journal;
using GuestSessions.PostgresKit;
using GuestSessions.Storage.Postgres;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Postgres;

/// <summary>Partitions are created ahead and dropped when they have expired.</summary>
public sealed class PostgresPartitionTests(PostgresServer server) : IAsyncLifetime
{
    private const string Partitions = "SELECT from_day FROM journal_partition ORDER BY from_day";

    private string _schema = null!;
    private Journal _journal = null!;

    public async ValueTask InitializeAsync()
    {
        _schema = await server.NewSchemaAsync();
        _journal = await OpenAsync(TimeSpan.FromDays(30));
    }

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    [Fact]
    public async Task Today_and_the_next_seven_days_have_a_partition_each()
    {
        var today = await TodayAsync();
        Assert.Equal(
            Enumerable.Range(0, 8).Select(today.AddDays),
            await PostgresServer.ReadAsync<DateOnly>(_schema, Partitions));
    }

    [Fact]
    public async Task The_longer_the_retention_the_more_days_share_a_partition()
    {
        await using var patient = await OpenAsync(TimeSpan.FromDays(3650), await server.NewSchemaAsync());
        await using var again = await OpenAsync(TimeSpan.FromDays(3650));

        var days = await PostgresServer.ReadAsync<int>(
            _schema, "SELECT to_day - from_day FROM journal_partition ORDER BY from_day");
        Assert.Equal(Enumerable.Repeat(1, 8), days);
        await _journal.FillAsync("anna", 3);
        Assert.Equal([1, 2, 3], await again.VersionsAsync("anna"));
    }

    [Fact]
    public async Task A_day_without_partition_gets_one_with_its_first_commit()
    {
        var today = await TodayAsync();
        await PostgresServer.ExecuteAsync(
            _schema,
            $"DROP TABLE {Name(today)}; DELETE FROM journal_partition WHERE from_day = '{today:O}'");

        await _journal.FillAsync("anna", 2);

        Assert.Contains(today, await PostgresServer.ReadAsync<DateOnly>(_schema, Partitions));
        Assert.Equal([1, 2], await _journal.VersionsAsync("anna"));
    }

    [Fact]
    public async Task An_expired_partition_is_dropped_as_a_whole_once_snapshots_cover_it()
    {
        var expired = await AgeAsync(40, "anna", "berta");
        var now = Horizon(await TodayAsync(), days: 1);
        await _journal.AppendAsync(_journal.Keyring.Entry("conny", 1) with { At = now });
        var before = Horizon(expired, days: 1);

        await _journal.SaveSnapshotAsync("anna", 3);
        Assert.Equal(
            [_journal.Keyring.KeyOf(Entries.Tenant, "berta")],
            await _journal.ReadUncoveredAsync(before, null, 10, CancellationToken.None));
        await _journal.SaveSnapshotAsync("berta", 3);
        Assert.Empty(await _journal.ReadUncoveredAsync(before, null, 10, CancellationToken.None));

        Assert.Equal(6, await _journal.DeleteExpiredAsync(before, 2, CancellationToken.None));

        Assert.DoesNotContain(expired, await PostgresServer.ReadAsync<DateOnly>(_schema, Partitions));
        Assert.Equal(
            [true], await PostgresServer.ReadAsync<bool>(_schema, $"SELECT to_regclass('{Name(expired)}') IS NULL"));
        Assert.Empty((await _journal.LoadAsync("anna")).Commits);
        Assert.Equal(AppendResult.Written, await _journal.AppendAsync(_journal.Keyring.Entry("anna", 4)));
        Assert.Equal([1], await _journal.VersionsAsync("conny"));
    }

    [Fact]
    public async Task A_commit_that_no_snapshot_covers_keeps_its_partition_while_the_others_are_deleted_row_by_row()
    {
        var expired = await AgeAsync(40, "anna", "berta");
        var before = Horizon(expired, days: 1);
        await _journal.SaveSnapshotAsync("anna", 3);
        await _journal.SaveSnapshotAsync("berta", 1);

        Assert.Equal(3, await _journal.DeleteExpiredAsync(before, 3, CancellationToken.None));
        Assert.Equal(1, await _journal.DeleteExpiredAsync(before, 3, CancellationToken.None));
        Assert.Equal(0, await _journal.DeleteExpiredAsync(before, 3, CancellationToken.None));

        Assert.Empty(await _journal.VersionsAsync("anna", after: 3));
        Assert.Equal([2, 3], await _journal.VersionsAsync("berta", after: 1));
        Assert.Contains(expired, await PostgresServer.ReadAsync<DateOnly>(_schema, Partitions));
    }

    [Fact]
    public async Task A_day_that_ends_after_the_horizon_is_kept()
    {
        var old = await AgeAsync(40, "anna");
        await _journal.SaveSnapshotAsync("anna", 3);

        Assert.Equal(0, await _journal.DeleteExpiredAsync(
            Horizon(old, days: 1).AddTicks(-1), 10, CancellationToken.None));
        Assert.Equal([1, 2, 3], await _journal.VersionsAsync("anna"));
    }

    [Fact]
    public async Task A_load_reads_only_partitions_that_can_hold_commits_after_the_snapshot()
    {
        var old = await AgeAsync(40, "anna");
        Assert.Equal([1, 2, 3], (await _journal.LoadAsync("anna")).Commits.Select(commit => commit.Version));
        await _journal.SaveSnapshotAsync("anna", 3);
        await _journal.AppendAsync(_journal.Keyring.Entry("anna", 4));
        Assert.Equal([4], (await _journal.LoadAsync("anna")).Commits.Select(commit => commit.Version));

        var today = await TodayAsync();
        var plan = await PlanOfLoadAsync("anna", today.AddDays(-1), today);

        Assert.DoesNotContain(plan, line => line.Contains(Name(old), StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains(Name(today.AddDays(2)), StringComparison.Ordinal));
        Assert.Contains(plan, line => line.Contains(Name(today), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_load_of_an_unknown_guest_or_of_one_that_its_snapshot_covers_reads_no_partition()
    {
        await _journal.FillAsync("anna", 3);
        await _journal.SaveSnapshotAsync("anna", 3);
        await PostgresServer.ExecuteAsync(_schema, "ALTER TABLE journal RENAME TO hidden");

        Assert.Empty((await _journal.LoadAsync("anna")).Commits);
        Assert.Empty((await _journal.LoadAsync("nobody")).Commits);
    }

    private async Task<List<string>> PlanOfLoadAsync(string name, DateOnly since, DateOnly today)
    {
        var guest = PostgresHash.ToGuid(_journal.Keyring.KeyOf(Entries.Tenant, name).Hash);
        var load = PostgresSql.Journal["load-commits"].Text
            .Replace("@guests", $"ARRAY['{guest}']", StringComparison.Ordinal)
            .Replace("@after", "ARRAY[3]", StringComparison.Ordinal)
            .Replace("@since", $"ARRAY[DATE '{since:O}']", StringComparison.Ordinal)
            .Replace("@oldest", $"DATE '{since:O}'", StringComparison.Ordinal)
            .Replace("@today", $"DATE '{today:O}'", StringComparison.Ordinal);
        return await PostgresServer.ReadAsync<string>(_schema, $"EXPLAIN {load}");
    }

    /// <summary>Writes three commits for each guest, so many days ago by every clock.</summary>
    private async Task<DateOnly> AgeAsync(int days, params string[] guests)
    {
        var day = (await TodayAsync()).AddDays(-days);
        await PostgresServer.ExecuteAsync(
            _schema,
            $"CREATE TABLE {Name(day)} PARTITION OF journal "
            + $"FOR VALUES FROM ('{day:O}') TO ('{day.AddDays(1):O}');"
            + $"INSERT INTO journal_partition VALUES ('{Name(day)}', '{day:O}', '{day.AddDays(1):O}')");
        foreach (var guest in guests)
            await _journal.FillAsync(guest, 3);
        var at = day.ToDateTime(TimeOnly.FromTimeSpan(TimeSpan.FromHours(1))).Ticks;
        await PostgresServer.ExecuteAsync(
            _schema, $"UPDATE journal SET day = '{day:O}', at = {at}; UPDATE head SET opened = '{day:O}'");
        return day;
    }

    private static DateTimeOffset Horizon(DateOnly day, int days) =>
        new(day.AddDays(days).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static string Name(DateOnly day) => $"journal_{day:yyyyMMdd}";

    private async Task<DateOnly> TodayAsync() => (await PostgresServer.ReadAsync<DateOnly>(
        _schema, "SELECT (now() AT TIME ZONE 'UTC')::date")).Single();

    private Task<Journal> OpenAsync(TimeSpan retention, string? schema = null) =>
        Journals.OpenAsync(new PostgresStore(new PostgresSettings
        {
            ConnectionString = schema ?? _schema,
            Retention = retention,
        }));
}
