using System.Text.Json;
using GuestSessions.Emulator.Faults;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>Event, guest, backlog and health say why nothing moves, and what ends it.</summary>
public sealed class WaitingTests
{
    private const int Guests = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task While_the_upstream_answers_401_everything_says_so()
    {
        await using var upstream = await Upstream.StartAsync();
        Assert.True(upstream.Faults.TryAdd(new FaultRule { Kind = FaultKind.Status, Status = 401, Path = FaultPath.Events }));
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        await RecordAsync(client);

        await EverywhereAsync(client, "upstream_misconfigured");
        var reason = (await client.ReadEventAsync("g-0", "b"))!.Value.GetProperty("waiting");
        Assert.Equal(401, reason.GetProperty("status").GetInt32());
        Assert.True(reason.GetProperty("until").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task While_the_circuit_is_open_everything_says_so()
    {
        await using var upstream = await Upstream.StartAsync();
        Assert.True(upstream.Faults.TryAdd(new FaultRule { Kind = FaultKind.Status, Status = 500, Path = FaultPath.Events }));
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        await RecordAsync(client);

        await EverywhereAsync(client, "circuit_open");
    }

    [Fact]
    public async Task While_the_upstream_asks_for_quiet_or_a_person_paused_the_tenant_everything_says_so()
    {
        await using var upstream = await Upstream.StartAsync();
        Assert.True(upstream.Faults.TryAdd(new FaultRule
        {
            Kind = FaultKind.Status,
            Status = 429,
            RetryAfter = "120",
            Path = FaultPath.Events,
        }));
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        await RecordAsync(client);

        await EverywhereAsync(client, "retry_after");
        await client.ActAsync("/v1/delivery/pause", """{"reason":"maintenance"}""");
        await EverywhereAsync(client, "tenant_paused");
        await client.ActAsync("/v1/guests/g-0/pause", """{"reason":"asked for"}""");
        Assert.Equal("paused", Code((await client.ReadGuestAsync("g-0"))!.Value.GetProperty("line"), "waiting"));
    }

    [Fact]
    public async Task An_event_behind_another_says_which_goes_first()
    {
        await using var upstream = await Upstream.StartAsync();
        Assert.True(upstream.Faults.TryAdd(new FaultRule { Kind = FaultKind.HangBefore, Path = FaultPath.Events }));
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        await client.RecordAsync(new SentEvent("g", "a"), new SentEvent("g", "b"));

        var behind = (await client.ReadEventAsync("g", "b"))!.Value.GetProperty("waiting");

        Assert.Equal("earlier_event", behind.GetProperty("code").GetString());
        Assert.Equal(1, behind.GetProperty("behind").GetInt64());
    }

    private static async Task RecordAsync(SessionsClient client)
    {
        for (var guest = 0; guest < Guests; guest++)
            await client.RecordAsync(new SentEvent($"g-{guest}", "a"), new SentEvent($"g-{guest}", "b"));
    }

    private static Task EverywhereAsync(SessionsClient client, string code) => Eventually.TrueAsync(
        async () =>
        {
            var @event = (await client.ReadEventAsync("g-0", "b"))!.Value;
            var guest = (await client.ReadGuestAsync("g-0"))!.Value;
            var backlog = await client.ListAsync("/v1/backlog");
            var health = await client.ReadAsync("/v1/delivery-health");
            return Code(@event, "waiting") == code
                && Code(guest.GetProperty("line"), "waiting") == code
                && backlog.Count == Guests
                && backlog.All(item => item.GetProperty("block").GetString() == code && Code(item, "waiting") == code)
                && Code(health.GetProperty("delivery"), "reason") == code;
        },
        Patience, $"event, guest, backlog and health say {code}");

    private static string? Code(JsonElement of, string member) =>
        of.GetProperty(member) is { ValueKind: JsonValueKind.Object } reason ? reason.GetProperty("code").GetString() : null;
}
