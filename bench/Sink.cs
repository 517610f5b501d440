using System.Buffers;
using System.Globalization;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench;

/// <summary>
/// The least an upstream can be: it counts events and answers 201. Paused, it takes requests and answers none, so that
/// ingest is measured alone. It is the least that a collector of telemetry can be, too.
/// </summary>
internal static class Sink
{
    public static Task<ChildProcess> StartAsync(bool isPaused, string folder)
    {
        var port = ChildProcess.FreePort();
        return ChildProcess.StartAsync(
            port, "/count", folder,
            [typeof(Sink).Assembly.Location, "sink", $"{port}", isPaused ? "paused" : "open"]);
    }

    /// <summary>Events taken so far.</summary>
    public static Task<long> CountAsync(ChildProcess sink) => CountAsync(sink.Port);

    public static Task<long> CountAsync(int port) => ReadAsync(port, "count");

    /// <exception cref="InvalidOperationException">
    /// An event came twice or out of its guest's order, or none said whose it was and which.
    /// </exception>
    public static async Task EnsureOrderAsync(ChildProcess sink)
    {
        if (await ReadAsync(sink.Port, "placed") == 0)
            throw new InvalidOperationException("No event that was delivered said whose it was and which, so nothing is known of their order.");
        if (await ReadAsync(sink.Port, "misplaced") is var misplaced and not 0)
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"{misplaced} events were delivered twice or out of their guest's order."));
    }

    /// <summary>Requests with traces taken so far.</summary>
    public static Task<long> TracesAsync(ChildProcess sink) => ReadAsync(sink.Port, "traces");

    public static async Task RunAsync(int port, bool isPaused)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var (events, traces) = (0L, 0L);
        var answer = """{"status":"OK","version":"1.2","client_key":"bench","ref":"0b0e8f5e-7a44-4d3e-9b1a-2f6c8d9e0a11"}"""u8
            .ToArray();

        app.MapGet("/count", () => Interlocked.Read(ref events));
        var places = new Place();
        app.MapGet("/placed", () => places.Seen);
        app.MapGet("/misplaced", () => places.Misplaced);
        app.MapGet("/traces", () => Interlocked.Read(ref traces));
        app.MapPost("/v1/metrics", static async (HttpRequest request) => await request.Body.CopyToAsync(Stream.Null));
        app.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            await request.Body.CopyToAsync(Stream.Null);
            Interlocked.Increment(ref traces);
        });
        app.MapGet("/v1.2/browser/create.json", async (CancellationToken aborted) =>
        {
            await HoldAsync(isPaused, aborted);
            return Results.Text(
                $$"""{"status":"OK","version":"1.2","ref":"{{Guid.NewGuid()}}","customer_ref":"{{Guid.NewGuid()}}"}""",
                "application/json");
        });
        app.MapPost("/v1.2/events", async context =>
        {
            await CheckAsync(context.Request, places);
            await HoldAsync(isPaused, context.RequestAborted);
            Interlocked.Increment(ref events);
            context.Response.StatusCode = StatusCodes.Status201Created;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = answer.Length;
            await context.Response.BodyWriter.WriteAsync(answer);
        });
        await app.RunAsync();
    }

    private static async Task CheckAsync(HttpRequest request, Place places)
    {
        // Every contender tells the length of what it sends.
        var length = (int)request.ContentLength!.Value;
        var sent = ArrayPool<byte>.Shared.Rent(length);
        await request.Body.ReadExactlyAsync(sent.AsMemory(0, length));
        places.Check(sent.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(sent);
    }

    private static async Task<long> ReadAsync(int port, string what)
    {
        using var client = new HttpClient();
        var count = await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/{what}"));
        return long.Parse(count, CultureInfo.InvariantCulture);
    }

    private static Task HoldAsync(bool isPaused, CancellationToken aborted) =>
        isPaused ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, aborted) : Task.CompletedTask;
}
