using System.Net;
using GuestSessions.Api.Hosting;
using GuestSessions.Api.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
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
        var server = new StopWatch(() => disk.Task.IsCompleted);
        await using var api = await LastingHostAsync(builder => builder.Services.AddHostedService(_ => server));
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
        // A server that begins to stop before its streams end closes their connections when their client pleases.
        Assert.True(server.Saw);
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

    /// <summary>A host with more patience than the test: it cuts by itself what has not ended then.</summary>
    private static Task<ApiHost> LastingHostAsync(Action<WebApplicationBuilder>? configure = null) => ApiHost.StartAsync(
        new Dictionary<string, string?> { ["shutdownTimeoutSeconds"] = "240" }, configure: configure);

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

    /// <summary>Looks when services are stopped, the server one of them.</summary>
    private sealed class StopWatch(Func<bool> look) : IHostedService
    {
        public bool Saw { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Saw = look();
            return Task.CompletedTask;
        }
    }
}
