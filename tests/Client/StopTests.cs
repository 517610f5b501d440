using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GuestSessions.Client.Tests;

/// <summary>The end of the client, and what it leaves.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task A_stop_drains_the_buffer_and_takes_nothing_more()
    {
        await using var client = new TestClient();
        var queued = await client.Sessions.EnqueueAsync("g", TestClient.View());

        var report = await client.Sessions.StopAsync();

        Assert.True(queued.Completion.IsCompletedSuccessfully);
        Assert.Equal((1, 0), (report.Stored, report.Left.Count));
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.Sessions.EnqueueAsync("g", TestClient.View()).AsTask());
    }

    [Fact]
    public async Task What_is_left_at_the_deadline_is_reported_in_its_order_and_can_be_sent_as_it_is()
    {
        await using var client = new TestClient(static options => options.DrainTimeout = TimeSpan.FromSeconds(5));
        for (var tries = 0; tries < 100; tries++)
            client.Service.Faults.Enqueue(static _ => throw new HttpRequestException("connection refused"));
        QueuedEvent[] queued = [await client.Sessions.EnqueueAsync("g", TestClient.View("e1")), await client.Sessions.EnqueueAsync("g", TestClient.View("e2"))];

        var report = await client.RunAsync(client.Sessions.StopAsync());

        Assert.Equal(["e1", "e2"], report.Left.Select(static left => left.EventId));
        Assert.All(report.Left, static left => Assert.True(left.WasSent));
        Assert.Contains("\"guest\":\"g\"", System.Text.Encoding.UTF8.GetString(report.Left[0].Envelope.Span), StringComparison.Ordinal);
        foreach (var one in queued)
            Assert.Equal(DropReason.Stopped, (await Assert.ThrowsAsync<EventNotStoredException>(() => one.Completion)).Reason);
    }

    [Fact]
    public async Task Who_waits_for_space_when_the_deadline_ends_is_told()
    {
        await using var client = new TestClient(static options =>
        {
            options.BufferEvents = 1;
            options.DrainTimeout = TimeSpan.FromSeconds(1);
        });
        client.Service.Before = static (_, end) => new TaskCompletionSource().Task.WaitAsync(end);
        await client.Sessions.EnqueueAsync("g", TestClient.View("e1"));
        var waiting = client.Sessions.EnqueueAsync("g", TestClient.View("e2")).AsTask();

        var report = await client.RunAsync(client.Sessions.StopAsync());

        Assert.Equal(["e1"], report.Left.Select(static left => left.EventId));
        await Assert.ThrowsAsync<EventNotStoredException>(() => waiting);
    }

    [Fact]
    public async Task A_callback_may_call_the_client_and_wait_for_it()
    {
        IGuestSessions? sessions = null;
        var called = new TaskCompletionSource<DrainReport>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var client = new TestClient(options =>
        {
            options.BufferEvents = 1;
            options.WhenFull = FullBuffer.Drop;
            options.OnDropped = _ =>
            {
                // Blocks its thread on purpose, as callbacks of callers do.
                sessions!.FlushAsync().Wait();
                sessions.EnqueueAsync("g", TestClient.View("again")).AsTask().Wait();
                called.TrySetResult(sessions.StopAsync().Result);
            };
        });
        sessions = client.Sessions;
        await sessions.EnqueueAsync("g", TestClient.View("e1"));
        await sessions.EnqueueAsync("g", TestClient.View("dropped"));

        var report = await client.RunAsync(called.Task);

        Assert.Empty(report.Left);
        Assert.Equal(["e1", "again"], client.Service.Stored.Select(static one => one.EventId));
    }

    [Fact]
    public async Task A_continuation_of_a_completion_may_wait_for_the_client_too()
    {
        await using var client = new TestClient();
        var first = await client.Sessions.EnqueueAsync("g", TestClient.View("e1"));
        var stopped = first.Completion.ContinueWith(
            _ =>
            {
                client.Sessions.EnqueueAsync("g", TestClient.View("e2")).AsTask().Wait();
                return client.Sessions.StopAsync().Result;
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        Assert.Empty((await client.RunAsync(stopped)).Left);
        Assert.Equal(2, client.Service.Stored.Count);
    }

    [Fact]
    public async Task A_host_drains_what_its_services_add_while_they_stop()
    {
        using var service = new FakeService();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHostedService<LastWords>();
        builder.Services
            .AddGuestSessions(static options => (options.Address, options.ApiKey) = (new Uri("http://sessions.example"), "secret"))
            .ConfigurePrimaryHttpMessageHandler(() => service);
        using var host = builder.Build();
        await host.StartAsync();

        await host.StopAsync();

        Assert.Equal([("g", "last")], service.Stored);
    }

    [Fact]
    public async Task A_host_with_wrong_options_does_not_start_and_names_each()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddGuestSessions(static options =>
        {
            options.Address = new Uri("ftp://sessions.example");
            options.BatchEvents = 0;
        });
        using var host = builder.Build();

        var wrong = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(["Address", "ApiKey", "BatchEvents"], wrong.Failures.Select(static failure => failure.Split(':')[0]));
    }

    private sealed class LastWords(IGuestSessions sessions) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task StopAsync(CancellationToken cancellationToken) =>
            await sessions.EnqueueAsync("g", TestClient.View("last"), cancellationToken);
    }
}
