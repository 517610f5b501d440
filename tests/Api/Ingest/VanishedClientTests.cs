using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using GuestSessions.Api.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Api.Tests.Ingest;

public sealed class VanishedClientTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_upload_that_breaks_off_is_nothing_to_warn_of(bool reset)
    {
        using var log = new RecordingLog();
        using var watch = new Watch();
        await using (var api = await ApiHost.StartAsync(configure: builder =>
        {
            builder.Logging.AddProvider(log);
            builder.Services.AddSingleton<IStartupFilter>(watch);
        }))
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", api.Address.Port, TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {Samples.Path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer demo-admin\r\n"
                + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"event\":"),
                TestContext.Current.CancellationToken);
            await watch.Arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            client.LingerState = new LingerOption(reset, 0);
            client.Close();
            await watch.Ended.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }

        Assert.DoesNotContain(log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal)
            || line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/v1/guests/cust-42/events", "application/json")]
    [InlineData("/v1/events", "application/json")]
    [InlineData("/v1/events", "application/x-ndjson")]
    [InlineData("/v1.2/events?client_key=demo-client-key", "application/json")]
    [InlineData("/v2/callFlows?client_key=demo-client-key", "application/json")]
    public async Task A_stream_that_its_client_resets_is_nothing_to_warn_of(string path, string type)
    {
        using var log = new RecordingLog();
        await using (var api = await ApiHost.StartAsync(configure: builder => builder.Logging.AddProvider(log)))
        {
            // Again and again: the server tells in one order or the other that the client has left.
            for (var round = 0; round < 30; round++)
            {
                using var client = api.Client();
                using var leave = new CancellationTokenSource();
                using var body = new HalfBody(type);
                using var request = new HttpRequestMessage(HttpMethod.Post, path)
                {
                    Content = body,
                    Version = HttpVersion.Version20,
                    VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                };
                var call = client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leave.Token);
                await body.Sent.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
                await leave.CancelAsync();
                await Record.ExceptionAsync(() => call);
            }

            await api.App.StopAsync(TestContext.Current.CancellationToken); // All requests have ended.
        }

        var told = log.Lines.Where(static line => line.StartsWith("Warning", StringComparison.Ordinal)
            || line.StartsWith("Error", StringComparison.Ordinal)
            || line.Contains("   at ", StringComparison.Ordinal)).ToList();
        Assert.True(told.Count == 0, string.Join('\n', told));
    }

    [Theory]
    [InlineData("/v1/guests/cust-42/events", "application/json", true)]
    [InlineData("/v1/guests/cust-42/events", "application/json", false)]
    [InlineData("/v1/events", "application/json", true)]
    [InlineData("/v1/events", "application/x-ndjson", true)]
    [InlineData("/v1/events", "application/x-ndjson", false)]
    [InlineData("/v1/validate", "application/json", true)]
    [InlineData("/v1/guests/search", "application/json", true)]
    [InlineData("/v1.2/events?client_key=demo-client-key", "application/json", true)]
    [InlineData("/v1.2/events?client_key=demo-client-key", "application/json", false)]
    [InlineData("/v2/callFlows?client_key=demo-client-key", "application/json", true)]
    public async Task A_connection_that_its_client_resets_while_it_sends_is_nothing_to_warn_of(string path, string type, bool hasLength)
    {
        using var log = new RecordingLog();
        var frame = hasLength ? "Content-Length: 1000\r\n\r\n{\"event\":" : "Transfer-Encoding: chunked\r\n\r\n9\r\n{\"event\":\r\n";
        using var watch = new Watch();
        await using (var api = await ApiHost.StartAsync(configure: builder =>
        {
            builder.Logging.AddProvider(log);
            builder.Services.AddSingleton<IStartupFilter>(watch);
        }))
        {
            for (var round = 0; round < 30; round++)
            {
                using var client = new TcpClient { LingerState = new LingerOption(true, 0) };
                await client.ConnectAsync("127.0.0.1", api.Address.Port, TestContext.Current.CancellationToken);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                    $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer demo-admin\r\nContent-Type: {type}\r\n{frame}"),
                    TestContext.Current.CancellationToken);
                Assert.True(await watch.Arrivals.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
                client.Close();
            }

            await api.App.StopAsync(TestContext.Current.CancellationToken); // All requests have ended.
        }

        var told = log.Lines.Where(static line => line.StartsWith("Warning", StringComparison.Ordinal)
            || line.StartsWith("Error", StringComparison.Ordinal)
            || line.Contains("   at ", StringComparison.Ordinal)).ToList();
        Assert.True(told.Count == 0, string.Join('\n', told));
    }

    /// <summary>A body that is begun and never ended.</summary>
    private sealed class HalfBody : HttpContent
    {
        public HalfBody(string type) => Headers.ContentType = new MediaTypeHeaderValue(type);

        public TaskCompletionSource Sent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(
            Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync("{\"event\":"u8.ToArray(), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            Sent.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>Tells when a request has come to the service and when the service is done with it.</summary>
    private sealed class Watch : IStartupFilter, IDisposable
    {
        public SemaphoreSlim Arrivals { get; } = new(0);
        public TaskCompletionSource Arrived { get; } = new();
        public TaskCompletionSource Ended { get; } = new();

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, rest) =>
            {
                Arrived.TrySetResult();
                Arrivals.Release();
                try
                {
                    await rest(context);
                }
                finally
                {
                    Ended.TrySetResult();
                }
            });
            next(app);
        };

        public void Dispose() => Arrivals.Dispose();
    }
}
