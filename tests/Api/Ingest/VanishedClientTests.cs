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
        var watch = new Watch();
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

    /// <summary>Tells when a request has come to the service and when the service is done with it.</summary>
    private sealed class Watch : IStartupFilter
    {
        public TaskCompletionSource Arrived { get; } = new();
        public TaskCompletionSource Ended { get; } = new();

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, rest) =>
            {
                Arrived.TrySetResult();
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
    }
}
