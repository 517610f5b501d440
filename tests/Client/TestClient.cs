using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Client.Tests;

/// <summary>The client as a program gets it, over a service in memory and a clock of the test.</summary>
internal sealed class TestClient : IAsyncDisposable
{
    private const int StepsPerLook = 20;

    private readonly ServiceProvider _provider;

    public TestClient(Action<GuestSessionsOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services
            .AddGuestSessions(options =>
            {
                options.Address = new Uri("http://sessions.example");
                options.ApiKey = "secret";
                configure?.Invoke(options);
            })
            .ConfigurePrimaryHttpMessageHandler(() => Service);
        _provider = services.BuildServiceProvider();
        Sessions = _provider.GetRequiredService<IGuestSessions>();
    }

    public FakeTimeProvider Time { get; } = new();

    public RecordingLog Log { get; } = new();

    public FakeService Service { get; } = new();

    public IGuestSessions Sessions { get; }

    public static ViewEvent View(string? eventId = null) => new() { EventId = eventId, Page = "/tourers" };

    /// <summary>Lets the clock run until something has ended: waits of the client pass without waiting.</summary>
    public async Task<T> RunAsync<T>(Task<T> task)
    {
        await PassUntilAsync(() => task.IsCompleted);
        return await task;
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task PassUntilAsync(Func<bool> condition) => Eventually.TrueAsync(
        async () =>
        {
            for (var step = 0; step < StepsPerLook && !condition(); step++)
            {
                Time.Advance(TimeSpan.FromMilliseconds(50));
                await Task.Yield();
            }

            return condition();
        });

    public async ValueTask DisposeAsync()
    {
        // The drain of what a test left waits for the clock of the test.
        var disposing = _provider.DisposeAsync().AsTask();
        await PassUntilAsync(() => disposing.IsCompleted);
        await disposing;
        Service.Dispose();
    }
}
