using System.Buffers;
using System.Text.Json;

namespace GuestSessions.Bench.Baseline;

/// <summary>The same front as the service's: Kestrel, a minimal API, the grain co-hosted, 202 when the event is on disk.</summary>
internal static class PeerFront
{
    private static readonly byte[] Accepted = """{"status":"accepted"}"""u8.ToArray();
    private static readonly byte[] Duplicate = """{"status":"duplicate"}"""u8.ToArray();

    /// <param name="record">Returns false for a duplicate.</param>
    public static async Task RunAsync(
        int port, Uri sink, int inFlight, Action<IServiceCollection> configure,
        Func<IGrainFactory, string, string, byte[], Task<bool>> record)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddSingleton(
            new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = inFlight }) { BaseAddress = sink });
        builder.UseOrleans(static silo =>
            silo.UseLocalhostClustering(ChildProcess.FreePort(), ChildProcess.FreePort()));
        configure(builder.Services);
        var app = builder.Build();
        app.MapGet("/health/ready", static () => Results.Ok());
        app.MapPost("/v1/guests/{guest}/events", async (string guest, HttpContext context, IGrainFactory grains) =>
        {
            var (eventId, body) = await ReadAsync(context);
            var isNew = await record(grains, guest, eventId, body);
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.ContentType = "application/json";
            var answer = isNew ? Accepted : Duplicate;
            context.Response.ContentLength = answer.Length;
            await context.Response.BodyWriter.WriteAsync(answer);
        });
        await app.RunAsync();
    }

    /// <summary>The event of an envelope as it came, and its id.</summary>
    private static async Task<(string EventId, byte[] Body)> ReadAsync(HttpContext context)
    {
        var body = context.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync();
            if (!read.IsCompleted)
            {
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var envelope = Split(read.Buffer);
            body.AdvanceTo(read.Buffer.End);
            return envelope;
        }
    }

    private static (string EventId, byte[] Body) Split(in ReadOnlySequence<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var (eventId, body) = ("", Array.Empty<byte>());
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                continue;
            var (isId, isEvent) = (reader.ValueTextEquals("event_id"u8), reader.ValueTextEquals("event"u8));
            reader.Read();
            if (isId)
                eventId = reader.GetString()!;
            var start = reader.TokenStartIndex;
            reader.Skip();
            if (isEvent)
                body = json.Slice(start, reader.BytesConsumed - start).ToArray();
        }

        return (eventId, body);
    }
}
