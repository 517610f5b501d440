using GuestSessions.Core.Delivery;
using GuestSessions.Emulator.Faults;
using GuestSessions.StreamApi.Tests.Fixtures;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.StreamApi.Tests.Client;

public sealed class CircuitTests
{
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task It_opens_after_20_calls_of_which_half_failed_and_then_lets_nothing_through()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        using var client = Clients.For(upstream.Url, _time);
        upstream.Emulator.Faults.TryAdd(
            new FaultRule { Kind = FaultKind.Status, Status = 500, Nth = 11, Times = 10 });
        await SendAsync(client, 19);
        Assert.Equal(CircuitState.Closed, client.Circuit(Clients.Tenant).State);

        await SendAsync(client, 1);
        Assert.Equal(new CircuitStatus(CircuitState.Open, Break), client.Circuit(Clients.Tenant));
        var report = await client.SendAsync(Clients.View(), CancellationToken.None);
        Assert.Equal((AttemptOutcome.Unsent, "circuit_open"), (report.Outcome, report.Error));
        Assert.Equal(20, upstream.EventsSeen);
    }

    [Fact]
    public async Task Failures_of_a_strangers_events_never_open_it_and_one_of_them_can_be_its_probe()
    {
        var strangers = Clients.View() with { CountsForCircuit = false };
        await using var upstream = await RunningEmulator.StartAsync();
        using var client = Clients.For(upstream.Url, _time);
        upstream.Emulator.Faults.TryAdd(new FaultRule { Kind = FaultKind.Status, Status = 500, Times = 60 });
        for (var sent = 0; sent < 40; sent++)
            Assert.Equal(AttemptOutcome.InDoubt, (await client.SendAsync(strangers, CancellationToken.None)).Outcome);
        Assert.Equal(CircuitState.Closed, client.Circuit(Clients.Tenant).State);

        await SendAsync(client, 20);
        Assert.Equal("circuit_open", (await client.SendAsync(strangers, CancellationToken.None)).Error);
        _time.Advance(Break);
        await client.SendAsync(strangers, CancellationToken.None);
        Assert.Equal(CircuitState.Closed, client.Circuit(Clients.Tenant).State);
    }

    [Fact]
    public async Task Refusals_never_open_it()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        using var client = Clients.For(upstream.Url, _time);
        await SendAsync(client, 40);
        Assert.Equal(CircuitState.Closed, client.Circuit(Clients.Tenant).State);
        Assert.Equal(40, upstream.EventsSeen);
    }

    [Fact]
    public async Task After_the_break_one_probe_goes_and_closes_it()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        using var client = await OpenAsync(upstream, failures: 20);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(2), client.Circuit(Clients.Tenant).RetryIn);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(new CircuitStatus(CircuitState.Open, TimeSpan.Zero), client.Circuit(Clients.Tenant));

        await SendAsync(client, 1);
        Assert.Equal(new CircuitStatus(CircuitState.Closed, TimeSpan.Zero), client.Circuit(Clients.Tenant));
        Assert.Equal(21, upstream.EventsSeen);
    }

    [Fact]
    public async Task A_probe_that_fails_opens_it_again()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        using var client = await OpenAsync(upstream, failures: 21);
        _time.Advance(Break);
        await SendAsync(client, 1);
        Assert.Equal(new CircuitStatus(CircuitState.Open, Break), client.Circuit(Clients.Tenant));
    }

    [Fact]
    public async Task However_long_it_is_open_it_is_logged_once_and_once_that_it_closed()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var log = new Log();
        using var client = Clients.For(upstream.Url, _time, log: log);
        upstream.Emulator.Faults.TryAdd(new FaultRule { Kind = FaultKind.Status, Status = 500, Times = 25 });
        await SendAsync(client, 20);
        for (var probes = 0; probes < 6; probes++)
        {
            _time.Advance(Break);
            await SendAsync(client, 1);
        }

        Assert.Equal([5001, 5002], log.Ids);
    }

    [Fact]
    public async Task While_the_probe_is_under_way_nothing_else_goes()
    {
        await using var upstream = await RunningEmulator.StartAsync(_time);
        using var client = await OpenAsync(upstream, failures: 20);
        upstream.Emulator.Faults.TryAdd(new FaultRule { Kind = FaultKind.HangBefore, Times = 1 });
        _time.Advance(Break);
        var probe = client.SendAsync(Clients.View(), CancellationToken.None);
        await Eventually.TrueAsync(() => upstream.EventsSeen == 21);

        Assert.Equal(CircuitState.HalfOpen, client.Circuit(Clients.Tenant).State);
        var second = await client.SendAsync(Clients.View(), CancellationToken.None);
        Assert.Equal("circuit_open", second.Error);
        _time.Advance(Clients.WholeTimeout);
        Assert.Equal("response_timeout", (await probe).Error);
        Assert.Equal(CircuitState.Open, client.Circuit(Clients.Tenant).State);
    }

    [Fact]
    public async Task A_probe_that_was_never_sent_proves_nothing()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        using var client = await OpenAsync(upstream, failures: 20);
        var expired = _time.GetTimestamp();
        _time.Advance(Break);
        var report = await client.SendAsync(Clients.View(validUntil: expired), CancellationToken.None);
        Assert.Equal("start_expired", report.Error);
        Assert.Equal(CircuitState.Open, client.Circuit(Clients.Tenant).State);
    }

    private sealed class Log : ILogger<StreamClient>
    {
        public List<int> Ids { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Ids.Add(eventId.Id);
    }

    private static async Task SendAsync(StreamClient client, int times)
    {
        for (var i = 0; i < times; i++)
            await client.SendAsync(Clients.View(), CancellationToken.None);
    }

    private async Task<StreamClient> OpenAsync(RunningEmulator upstream, int failures)
    {
        var client = Clients.For(upstream.Url, _time);
        upstream.Emulator.Faults.TryAdd(
            new FaultRule { Kind = FaultKind.Status, Status = 503, Times = failures });
        await SendAsync(client, 20);
        Assert.Equal(CircuitState.Open, client.Circuit(Clients.Tenant).State);
        return client;
    }
}
