using GuestSessions.PostgresKit;
using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace GuestSessions.SystemTests;

/// <summary>A backup that was taken under load, restored elsewhere, and started with <c>--after-restore</c>.</summary>
public sealed class RestoreTests
{
    private const string Because = """{"reason":"the backup was looked at"}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(4);

    private readonly SentEvent[] _waiting =
        [new("anna", "e1"), new("anna", "e2"), SentEvent.Order("berta", "o1"), new("berta", "e3")];

    [Fact]
    public async Task A_restored_data_file_sends_nothing_until_somebody_resumes_and_then_marks_what_it_sends_again()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var lost = new SiloProcess(upstream.Address);
        await using var restored = new SiloProcess(upstream.Address);

        await PassAsync(upstream, lost, restored, () =>
        {
            Directory.CreateDirectory(Path.Combine(restored.Folder, "data"));
            using var from = new SqliteConnection($"Data Source={Path.Combine(lost.Folder, "data", "sessions.db")};Mode=ReadOnly");
            using var to = new SqliteConnection($"Data Source={Path.Combine(restored.Folder, "data", "sessions.db")};Pooling=false");
            from.Open();
            to.Open();
            from.BackupDatabase(to);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_restored_base_backup_does_the_same()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var server = new PostgresServer();
        await server.InitializeAsync();
        var connection = await server.NewDatabaseAsync();
        await using var lost = new SiloProcess(upstream.Address, Postgres(connection));
        PostgresServer? backup = null;
        await using var restored = new SiloProcess(upstream.Address, Postgres(connection));
        try
        {
            await PassAsync(upstream, lost, restored, async () =>
            {
                backup = await server.NewStandbyAsync("backup");
                await backup.PromoteAsync();
                restored.Configure(
                    "Storage:ConnectionString",
                    backup.ConnectionString(new NpgsqlConnectionStringBuilder(connection).Database!));
            });
        }
        finally
        {
            if (backup is not null)
                await backup.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_server_restored_to_a_point_in_time_does_the_same_and_what_came_later_can_be_sent_again()
    {
        var late = new SentEvent("anna", "late");
        await using var upstream = await Upstream.StartAsync();
        await using var server = new PostgresServer();
        await server.InitializeAsync();
        await server.ArchiveAsync();
        var connection = await server.NewDatabaseAsync();
        await using var backup = await server.BackUpAsync();
        await using var lost = new SiloProcess(upstream.Address, Postgres(connection));
        await using var restored = new SiloProcess(
            upstream.Address, Postgres(backup.ConnectionString(new NpgsqlConnectionStringBuilder(connection).Database!)));
        var point = DateTimeOffset.MinValue;

        await PassAsync(
            upstream, lost, restored,
            async () =>
            {
                point = (await PostgresServer.ReadAsync<DateTimeOffset>(connection, "SELECT clock_timestamp()"))[0];
                using var client = new SessionsClient(lost.Address);
                Assert.True((await client.RecordAsync(late))[0].IsAcknowledged);
            },
            () => backup.RestoreAsync(server, point),
            late);

        using var again = new SessionsClient(restored.Address);
        Assert.Equal(EventStatus.Accepted, (await again.RecordAsync(late))[0].EventStatus);
        await Eventually.TrueAsync(() => Times(upstream, late) == 2, Patience, "what the restored server did not know is delivered");
    }

    /// <param name="backUp">Is called under load, while <see cref="_waiting"/> waits for the upstream.</param>
    /// <param name="restore">Is called when the process that is lost has ended; null where the backup is a server already.</param>
    /// <param name="late">An event that the backup does not have, and that arrives before the process is lost.</param>
    private async Task PassAsync(
        Upstream upstream, SiloProcess lost, SiloProcess restored, Func<Task> backUp, Func<Task>? restore = null,
        SentEvent? late = null)
    {
        await lost.StartAsync();
        using (var client = new SessionsClient(lost.Address))
        {
            await upstream.GoDownAsync();
            foreach (var @event in _waiting)
                Assert.True((await client.RecordAsync(@event))[0].IsAcknowledged);
            using var enough = new CancellationTokenSource();
            var load = new Workload(client, 10, seed: 7, think: TimeSpan.FromMilliseconds(5)).RunAsync(2, enough.Token);
            await backUp();
            await enough.CancelAsync();
            await load;
            await upstream.ComeBackAsync();
            await Eventually.TrueAsync(() => _waiting.Concat(late is null ? [] : [late]).All(@event => Times(upstream, @event) == 1), Patience, "all was delivered");
        }

        await lost.KillAsync();
        if (restore is not null)
            await restore();
        restored.Arguments.Add("--after-restore");
        await restored.StartAsync();
        await StaysPausedAsync(upstream, restored);

        // It is paused for good, not for one start.
        restored.Arguments.Clear();
        await restored.StopAsync();
        await restored.StartAsync();
        await StaysPausedAsync(upstream, restored);

        using var support = new SessionsClient(restored.Address);
        await support.ActAsync("/v1/delivery/resume", Because);
        await Eventually.TrueAsync(
            () => _waiting.Where(static @event => !@event.IsOrder).All(@event => Times(upstream, @event) == 2),
            Patience, "what may be sent again was sent again");
        Assert.Equal([true, true], (await support.ReadTimelineAsync("anna")).Select(static @event => @event.PossiblyDuplicate));
        var order = (await support.ReadTimelineAsync("berta"))[0];
        Assert.Equal(("in_doubt", 1), (order.State, Times(upstream, _waiting[2])));
        Assert.Equal(
            "restored", (await support.ListAsync("/v1/in-doubt")).Single(
                static item => item.GetProperty("guest").GetString() == "berta").GetProperty("code").GetString());
    }

    private static async Task StaysPausedAsync(Upstream upstream, SiloProcess restored)
    {
        var before = upstream.Arrivals.Count;
        using var client = new SessionsClient(restored.Address);
        var pause = (await client.ReadAsync("/v1/delivery-health")).GetProperty("delivery").GetProperty("pause");
        Assert.Equal("after-restore", pause.GetProperty("by").GetString());
        Assert.Matches(@"Restored from a backup: \d+ waiting events of \d+ guests may have been delivered", pause.GetProperty("reason").GetString()!);
        await Eventually.ElapseAsync(Watched);
        Assert.Equal(before, upstream.Arrivals.Count);
    }

    private static int Times(Upstream upstream, SentEvent @event) =>
        upstream.Arrivals.Count(arrival => arrival.Mark == @event.Mark && arrival.Status == 201);

    private static (string, string)[] Postgres(string connection) =>
        [("Storage:Provider", "Postgres"), ("Storage:ConnectionString", connection)];
}
