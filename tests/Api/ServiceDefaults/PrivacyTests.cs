using System.Collections.Concurrent;
using System.Diagnostics;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.Ingest;
using GuestSessions.Grains.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace GuestSessions.Api.Tests.ServiceDefaults;

public sealed class PrivacyTests
{
    private const string Canary = "canary-guest";

    [Theory]
    [InlineData("Development", "Information")]
    [InlineData("Production", "Information")]
    [InlineData("Production", "Trace")]
    public async Task No_log_names_a_guest(string environment, string level)
    {
        using var log = new RecordingLog();
        await using (var api = await ApiHost.StartAsync(
            Configurations.Of(
                Configurations.Key("demo", 0, "app", "mine", "ingest", "support:read"),
                new()
                {
                    ["Logging:LogLevel:Microsoft.AspNetCore"] = level,
                    ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = level,
                    ["Logging:Recording:LogLevel:Default"] = level,
                }),
            environment,
            builder => builder.Logging.AddProvider(log)))
        {
            await CallAsync(api);
            api.Cluster.Fault = new SessionUnavailableException("no disk");
            await CallAsync(api);
            api.Cluster.Fault = new InvalidOperationException("broken");
            await CallAsync(api);
        }

        Assert.Contains(log.Lines, line => line.Contains("could not answer", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains(Canary, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_trace_names_a_guest()
    {
        var spans = new ConcurrentQueue<Activity>();
        int port;
        await using (var api = await ApiHost.StartAsync(
            new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9", ["OTEL_TRACES_SAMPLER"] = "always_on" },
            configure: builder => builder.Services.ConfigureOpenTelemetryTracerProvider(
                traces => traces.AddProcessor(new RecordingSpans(spans)))))
        {
            await CallAsync(api, "demo-admin");
            await api.GetAsync($"/v1/nothing/{Canary}");
            Assert.StartsWith("00-", Assert.Single(api.Cluster.Recorded).TraceParent, StringComparison.Ordinal);
            port = api.Address.Port;
        }

        // A host that has stopped has ended its spans. Those of hosts beside it in this process come here too.
        Assert.Equal(5, spans.Count(span => port.Equals(span.GetTagItem("server.port"))));
        Assert.Contains(spans, span => (string?)span.GetTagItem("url.path") == "/v1/guests/{guest}/events");
        Assert.All(spans, span => Assert.DoesNotContain(Canary, string.Join(
            ' ', span.TagObjects.Select(tag => tag.Value).Append(span.DisplayName)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_trace_says_whose_program_called_and_from_where()
    {
        var spans = new ConcurrentQueue<Activity>();
        int port;
        await using (var api = await ApiHost.StartAsync(
            new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9", ["OTEL_TRACES_SAMPLER"] = "always_on" },
            configure: builder => builder.Services.ConfigureOpenTelemetryTracerProvider(
                traces => traces.AddProcessor(new RecordingSpans(spans)))))
        {
            using var client = api.Client();
            client.DefaultRequestHeaders.UserAgent.ParseAdd("canary-agent/1.0");
            client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
            await client.GetAsync("/v1.2/browser/create.json?client_key=demo-client-key");
            await client.GetAsync("/v1/guests/cust-42");
            port = api.Address.Port;
        }

        var tags = spans.Where(span => port.Equals(span.GetTagItem("server.port")))
            .SelectMany(static span => span.TagObjects).ToList();
        Assert.NotEmpty(tags);
        Assert.DoesNotContain(tags, static tag => tag.Key.Contains("user_agent", StringComparison.Ordinal)
            || $"{tag.Value}".Contains("canary-agent", StringComparison.Ordinal)
            || $"{tag.Value}".Contains("203.0.113.7", StringComparison.Ordinal)
            || tag.Key is "client.address" or "network.peer.address");
    }

    private static async Task CallAsync(ApiHost api, string secret = "mine")
    {
        await api.PostAsync($"/v1/guests/{Canary}/events", Samples.Envelope("a"), secret: secret);
        await api.GetAsync($"/v1/guests/{Canary}", secret);
        await api.GetAsync($"/v1/guests/{Canary}/events?after={Canary}", secret);
        await api.GetAsync($"/v1/guests/{Canary}", "unknown");
    }

    private sealed class RecordingSpans(ConcurrentQueue<Activity> spans) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => spans.Enqueue(data);
    }
}
