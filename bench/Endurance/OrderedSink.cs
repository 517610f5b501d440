using System.Globalization;
using System.Text.Json;

namespace GuestSessions.Bench.Endurance;

/// <summary>
/// An upstream that knows what comes next: the load numbers the events of each guest, and each has to arrive once and in its turn.
/// It keeps one number for each guest, whatever the length of the run.
/// </summary>
internal sealed class OrderedSink(int guests) : IAsyncDisposable
{
    private static readonly byte[] Answer =
        """{"status":"OK","version":"1.2","client_key":"bench","ref":"0b0e8f5e-7a44-4d3e-9b1a-2f6c8d9e0a11"}"""u8.ToArray();

    private readonly int[] _last = new int[guests];
    private WebApplication? _app;
    private long _delivered, _repeated, _outOfTurn;

    public int Port { get; } = ChildProcess.FreePort();

    /// <summary>Events that arrived in their turn.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Events that had arrived before.</summary>
    public long Repeated => Interlocked.Read(ref _repeated);

    /// <summary>Events that arrived while one before them was missing.</summary>
    public long OutOfTurn => Interlocked.Read(ref _outOfTurn);

    public Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Port}");
        _app = builder.Build();
        _app.MapGet("/v1.2/browser/create.json", static () => Results.Text(
            $$"""{"status":"OK","version":"1.2","ref":"{{Guid.NewGuid()}}","customer_ref":"{{Guid.NewGuid()}}"}""", "application/json"));
        _app.MapPost("/v1.2/events", async context =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            var ext = body.RootElement.GetProperty("ext");
            Take(ext.GetProperty("guest").GetInt32(), ext.GetProperty("number").GetInt32());
            context.Response.StatusCode = StatusCodes.Status201Created;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = Answer.Length;
            await context.Response.BodyWriter.WriteAsync(Answer);
        });
        return _app.StartAsync();
    }

    /// <summary>How many events of each guest arrived last is what the load gave them; says which guest misses some.</summary>
    public string? Missing(ReadOnlySpan<int> given)
    {
        for (var guest = 0; guest < given.Length; guest++)
        {
            if (_last[guest] != given[guest])
                return string.Create(CultureInfo.InvariantCulture,
                    $"guest-{guest} was given {given[guest]} events, and number {_last[guest]} was the last that arrived");
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private void Take(int guest, int number)
    {
        // The service sends one event of a guest at a time; should it send two, the exchange shows one of them out of its turn.
        var before = Volatile.Read(ref _last[guest]);
        if (number == before + 1 && Interlocked.CompareExchange(ref _last[guest], number, before) == before)
            Interlocked.Increment(ref _delivered);
        else if (number <= before)
            Interlocked.Increment(ref _repeated);
        else
            Interlocked.Increment(ref _outOfTurn);
    }
}
