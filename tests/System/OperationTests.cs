using System.Net;
using GuestSessions.Emulator.Faults;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;
using Microsoft.Data.Sqlite;

namespace GuestSessions.SystemTests;

/// <summary>Long work under a key of its caller's choice, over HTTP, in the real process.</summary>
public sealed class OperationTests
{
    private const string Path = "/v1/quarantine/redrive";
    private const string Body = """{"reason":"the shop corrected it"}""";
    private const string Key = "ticket-7";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task An_operation_that_failed_begins_again_under_its_key_and_one_that_ended_does_not()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        var connection = $"Data Source={System.IO.Path.Combine(silo.Folder, "own", "sessions.db")}";
        silo.Configure("Storage:ConnectionString", connection);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        await QuarantineAsync(upstream, client, "e1");
        var id = await RedriveAsync(client);
        await IsAsync(client, "e1", "delivered");

        await QuarantineAsync(upstream, client, "e2");
        Assert.Equal(id, await RedriveAsync(client));
        Assert.Equal("quarantined", await StateAsync(client, "e2"));

        await silo.KillAsync();
        await GiveUpAsync(connection, id);
        await silo.StartAsync();
        Assert.Equal("failed", (await client.ReadAsync($"/v1/operations/{id}")).GetProperty("state").GetString());
        var other = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.ActAsync(Path, """{"reason":"another one"}""", Key));
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal("quarantined", await StateAsync(client, "e2"));

        Assert.Equal(id, await RedriveAsync(client));
        await IsAsync(client, "e2", "delivered");
        Assert.Equal(
            """{"redriven":1,"skipped":0}""",
            (await client.ReadAsync($"/v1/operations/{id}")).GetProperty("result").GetRawText());
    }

    [Fact]
    public async Task A_replay_that_waits_for_its_line_is_cancelled_where_it_is_and_stays_cancelled()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address, ("Ingest:Limits:UndeliveredEvents", "4"));
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        foreach (var eventId in (string[])["e1", "e2", "e3", "e4"])
        {
            await client.RecordAsync(new SentEvent("guest-1", eventId));
            await IsAsync(client, eventId, "delivered");
        }

        await client.ActAsync("/v1/guests/guest-1/pause", Body);
        var id = (await client.ActAsync("/v1/guests/guest-1/replay", Body)).GetProperty("id").GetString()!;
        await Eventually.TrueAsync(
            async () => (await client.ListAsync($"/v1/operations/{id}/items")).Count == 2, Patience, "half of the line is full");
        var cancelled = await client.ActAsync($"/v1/operations/{id}/cancel", """{"reason":"the wrong guest"}""");

        Assert.Equal("cancelled", cancelled.GetProperty("state").GetString());
        Assert.Equal("""{"replayed":2,"skipped":0}""", cancelled.GetProperty("result").GetRawText());
        await silo.KillAsync();
        await silo.StartAsync();
        var kept = await client.ReadAsync($"/v1/operations/{id}");
        Assert.Equal(cancelled.GetRawText(), kept.GetRawText());
        Assert.Equal(
            [$"{id}:1", $"{id}:2"],
            (await client.ListAsync($"/v1/operations/{id}/items")).Select(static item => item.GetProperty("event_id").GetString()));
        Assert.Contains(
            await client.ListAsync("/v1/audit"), static act => act.GetProperty("act").GetString() == "operation_cancelled");
        Assert.Equal(id, (await client.ListAsync("/v1/operations")).Single().GetProperty("id").GetString());
    }

    private static async Task QuarantineAsync(Upstream upstream, SessionsClient client, string eventId)
    {
        upstream.Faults.TryAdd(new FaultRule { Kind = FaultKind.Status, Status = 400, Path = FaultPath.Events, Times = 1 });
        await client.RecordAsync(new SentEvent("guest-1", eventId));
        await IsAsync(client, eventId, "quarantined");
    }

    /// <summary>Begins the operation, or finds it, and waits until it has ended.</summary>
    private static async Task<string> RedriveAsync(SessionsClient client)
    {
        var id = (await client.ActAsync(Path, Body, Key)).GetProperty("id").GetString()!;
        await Eventually.TrueAsync(
            async () => (await client.ReadAsync($"/v1/operations/{id}")).GetProperty("state").GetString() == "completed",
            Patience, "the operation has ended");
        return id;
    }

    /// <summary>As if it had been cut short too many times in a row.</summary>
    private static async Task GiveUpAsync(string connection, string id)
    {
        await using var store = new SqliteConnection($"{connection};Pooling=False");
        await store.OpenAsync();
        await using var change = store.CreateCommand();
        change.CommandText = """
            UPDATE operation SET payload = CAST(json_set(CAST(payload AS TEXT), '$.has_failed', json('true')) AS BLOB) WHERE id = $id
            """;
        change.Parameters.AddWithValue("$id", id);
        Assert.Equal(1, await change.ExecuteNonQueryAsync());
    }

    private static Task IsAsync(SessionsClient client, string eventId, string state) => Eventually.TrueAsync(
        async () => await StateAsync(client, eventId) == state, Patience, $"{eventId} is {state}");

    private static async Task<string?> StateAsync(SessionsClient client, string eventId) =>
        (await client.ReadEventAsync("guest-1", eventId))!.Value.GetProperty("state").GetString();
}
