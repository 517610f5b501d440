using System.Text.Json;
using Orleans.Storage;

namespace GuestSessions.Bench.Baseline;

/// <summary>The same front as the service: Kestrel, a minimal API, the grain co-hosted, 202 after the write.</summary>
internal static class BaselineServer
{
    public static async Task RunAsync(int port, Uri sink, int inFlight, string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddSingleton(
            new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = inFlight }) { BaseAddress = sink });
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(ChildProcess.FreePort(), ChildProcess.FreePort());
            silo.Services.AddSingleton<IGrainStorage>(
                _ => new SqliteGrainStorage(Path.Combine(folder, "baseline.db")));
        });
        var app = builder.Build();
        app.MapGet("/health/ready", () => Results.Ok());
        app.MapPost("/v1/guests/{guest}/events", PostAsync);
        await app.RunAsync();
    }

    private static async Task PostAsync(string guest, HttpContext context, IGrainFactory grains)
    {
        using var envelope = await JsonDocument.ParseAsync(context.Request.Body);
        var eventId = envelope.RootElement.GetProperty("event_id").GetString()!;
        var body = JsonSerializer.SerializeToUtf8Bytes(envelope.RootElement.GetProperty("event"));
        var isNew = await grains.GetGrain<IBaselineGrain>(guest).RecordAsync(eventId, body);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await context.Response.WriteAsJsonAsync(new { guest, status = isNew ? "accepted" : "duplicate" });
    }
}
