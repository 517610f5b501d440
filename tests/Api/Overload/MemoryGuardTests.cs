using System.Net;
using System.Text.Json;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.Ingest;
using GuestSessions.Api.Tests.Ingress;
using GuestSessions.Core.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Api.Tests.Overload;

/// <summary>What is rejected while a host is short of memory.</summary>
public sealed class MemoryGuardTests
{
    private readonly Fill _level = new();

    [Fact]
    public async Task Events_of_backends_are_rejected_first_and_nothing_of_them_reaches_a_guest()
    {
        await using var api = await StartAsync();
        _level.Level = MemoryLevel.Scarce;

        var one = await api.PostAsync("/v1/guests/cust-1/events", Samples.Envelope("view"));
        var many = await api.PostAsync("/v1/events", "[]");
        var identifiers = await api.PostAsync("/v1/guests/cust-1/identifiers", "{}");
        var closing = await api.PostAsync("/v1/guests/cust-1/sessions/close", "");
        var visitor = await api.SendAsync(SdkCalls.View());
        var read = await api.GetAsync("/v1/guests/cust-1");

        Assert.All([one, many, identifiers, closing],
            static answer => answer.MustRefuse(HttpStatusCode.ServiceUnavailable, "memory"));
        Assert.Equal("2", one.Message.Headers.RetryAfter!.ToString());
        Assert.Empty(api.Cluster.Recorded);
        Assert.NotEqual(503, (int)visitor.Status);
        Assert.NotEqual(HttpStatusCode.ServiceUnavailable, read.Status);
    }

    [Fact]
    public async Task SDK_events_and_reads_are_rejected_last_and_what_stops_the_load_never()
    {
        await using var api = await StartAsync();
        _level.Level = MemoryLevel.Full;

        var visitor = await api.SendAsync(SdkCalls.View());
        var read = await api.GetAsync("/v1/guests/cust-1");
        var health = await api.GetAsync("/health/live");
        var pause = await api.PostAsync("/v1/delivery/pause", """{"reason":"too much"}""");

        visitor.MustFail(503, "memory");
        read.MustRefuse(HttpStatusCode.ServiceUnavailable, "memory");
        Assert.Equal(HttpStatusCode.OK, health.Status);
        Assert.NotEqual(HttpStatusCode.ServiceUnavailable, pause.Status);
    }

    [Theory]
    [InlineData("/v1.2/browser/create.json?client_key=demo-client-key")]
    [InlineData("/v1/events/v1.2/browser/create.json?sitecoreContextId=demo-context&client_key=")]
    public async Task A_new_browser_gets_its_id_however_short_memory_is(string path)
    {
        await using var api = await StartAsync();
        _level.Level = MemoryLevel.Full;

        var created = await api.GetAsync(path, secret: null);

        Assert.Equal(HttpStatusCode.OK, created.Status);
        Assert.True(Guid.TryParse(created.Json.GetProperty("ref").GetString(), out _), created.Text);
    }

    [Fact]
    public async Task A_stream_that_was_let_in_is_answered_line_by_line_and_goes_on_when_there_is_memory()
    {
        await using var api = await StartAsync();
        var lines = string.Concat(Enumerable.Range(1, 3).Select(
            static number => Samples.For($"g{number}", "e") + "\n"));
        _level.Next.Enqueue(MemoryLevel.Free); // For the request; then it is short.
        _level.Level = MemoryLevel.Scarce;

        var rejected = await api.PostAsync("/v1/events", lines, "application/x-ndjson");
        _level.Level = MemoryLevel.Free;
        var taken = await api.PostAsync("/v1/events", lines, "application/x-ndjson");

        Assert.Equal(["retry memory", "retry memory", "retry memory"], ResultsOf(rejected));
        Assert.Equal(["accepted ", "accepted ", "accepted "], ResultsOf(taken));
    }

    private Task<ApiHost> StartAsync() => ApiHost.StartAsync(
        Configurations.Edge, configure: builder => builder.Services.AddSingleton<IMemoryLevel>(_level), browserIds: 1);

    private static IEnumerable<string> ResultsOf(Answer answer) => answer.Text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(static line => JsonDocument.Parse(line).RootElement)
        .Where(static result => result.TryGetProperty("status", out _))
        .Select(static result => $"{result.GetProperty("status").GetString()} "
            + (result.TryGetProperty("code", out var code) ? code.GetString() : ""));

    private sealed class Fill : IMemoryLevel
    {
        private MemoryLevel _level;

        public Queue<MemoryLevel> Next { get; } = new();

        public MemoryLevel Level
        {
            get => Next.TryDequeue(out var next) ? next : _level;
            set => _level = value;
        }
    }
}
