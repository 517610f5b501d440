using System.Net;
using GuestSessions.Api.Hosting;
using GuestSessions.Api.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Api.Tests.Ingest;

/// <summary>NDJSON over HTTP/2 on a host that stops.</summary>
public sealed class StreamEndTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task The_end_of_the_service_answers_what_is_recorded_and_sums_nothing_up()
    {
        var disk = new TaskCompletionSource();
        await using var api = await LastingHostAsync();
        // The server stops right after this: before its streams end, it would close their connections when their client pleases.
        bool? hadEnded = null;
        await using var stopping = api.App.Lifetime.ApplicationStopping.Register(() => hadEnded = disk.Task.IsCompleted);
        await using var call = await DuplexCall.OpenAsync(api);
        api.Cluster.Held = disk.Task;
        await call.SendAsync(Samples.For("g1", "a"));
        await Eventually.TrueAsync(() => !api.Cluster.Recorded.IsEmpty);

        var stop = api.App.StopAsync();

        await using var late = await DuplexCall.OpenAsync(api);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, late.Status);
        disk.SetResult();
        Assert.Equal("accepted", (await call.ReadAsync())!.Value.GetProperty("status").GetString());
        Assert.Null(await call.ReadAsync());
        await stop.WaitAsync(Patience);
        Assert.True(hadEnded);
    }

    [Fact]
    public async Task Who_does_not_read_results_holds_up_no_end_of_the_service()
    {
        await using var api = await LastingHostAsync();
        await using var call = await DuplexCall.OpenAsync(api, window: 65_535);
        await call.SendAsync(Enumerable.Range(0, 2_000).Select(n => Samples.For("g1", $"e{n}")));
        await Eventually.TrueAsync(() => api.Cluster.Recorded.Sum(request => request.Events.Count) >= 1_000);

        await StopsWhenPatienceIsOverAsync(api);
    }

    [Fact]
    public async Task Who_leaves_the_last_results_untaken_holds_up_no_end_of_the_service()
    {
        // One line more than the client takes unread: the server has it all, and keeps the rest.
        const int Window = 65_535;
        string[] lines = [.. Enumerable.Range(0, 2_000).Select(n => Samples.For("g1", $"event-number-{n:D4}"))];
        int more;
        await using (var other = await LastingHostAsync())
        {
            await using var reader = await DuplexCall.OpenAsync(other);
            await reader.SendAsync(lines);
            var bytes = 0;
            for (more = 0; bytes <= Window; more++)
                bytes += (await reader.ReadTextAsync())!.Length + 1;
        }

        await using var api = await LastingHostAsync();
        await using var call = await DuplexCall.OpenAsync(api, Window);
        await call.SendAsync(lines.Take(more));
        await Eventually.TrueAsync(() => api.Cluster.Recorded.Sum(request => request.Events.Count) == more);

        await StopsWhenPatienceIsOverAsync(api);
    }

    [Fact]
    public async Task While_the_host_still_stops_something_else_the_connection_of_a_stream_goes_on()
    {
        var drain = new Drain();
        await using var api = await ApiHost.StartAsync(configure: builder => builder.Services.Insert(
            0, ServiceDescriptor.Singleton<IHostedService>(drain))); // Stopped after the streams.
        var time = (FakeTimeProvider)api.App.Services.GetRequiredService<TimeProvider>();
        await using var call = await DuplexCall.OpenAsync(api);
        await call.SendAsync(Samples.For("g1", "a"));
        await call.ReadAsync();
        var disk = new TaskCompletionSource();
        api.Cluster.Held = disk.Task;
        var posted = call.PostAsync(Samples.Path, Samples.Envelope("b"));
        await Eventually.TrueAsync(() => api.Cluster.Recorded.Count == 2);

        var stop = api.App.StopAsync();
        Assert.Null(await call.ReadAsync());
        await drain.Begun.Task.WaitAsync(Patience);
        time.Advance(2 * LongAnswers.Patience);
        disk.SetResult();

        Assert.Equal(HttpStatusCode.Accepted, await posted);
        drain.Ended.SetResult();
        await stop.WaitAsync(Patience);
    }

    /// <summary>A host with more patience than the test: it cuts by itself what has not ended then.</summary>
    private static Task<ApiHost> LastingHostAsync() =>
        ApiHost.StartAsync(new Dictionary<string, string?> { ["shutdownTimeoutSeconds"] = "240" });

    private static async Task StopsWhenPatienceIsOverAsync(ApiHost api)
    {
        var time = (FakeTimeProvider)api.App.Services.GetRequiredService<TimeProvider>();
        var stop = api.App.StopAsync();
        Assert.False(stop.IsCompleted);
        await Eventually.TrueAsync(() =>
        {
            time.Advance(LongAnswers.Patience);
            return stop.IsCompleted;
        });
        await stop;
    }

    /// <summary>A service that takes its time when the host stops.</summary>
    private sealed class Drain : IHostedLifecycleService
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task StoppingAsync(CancellationToken cancellationToken)
        {
            Begun.TrySetResult();
            return Ended.Task;
        }

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
