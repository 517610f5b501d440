using System.Text;
using System.Text.Json;
using GuestSessions.Emulator.Arrivals;
using GuestSessions.Emulator.Faults;

namespace GuestSessions.Emulator.Http;

/// <summary>
/// The operations of the Stream API in direct form. Each goes the same way: read, note the arrival, play a
/// fault or process, note what became of it, answer.
/// </summary>
internal sealed class StreamApiEndpoints(
    EmulatorSettings settings,
    StreamApi upstream,
    ArrivalLog arrivals,
    FaultPlan faults,
    TimeProvider time,
    IHostApplicationLifetime lifetime)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1.2/browser/create.json", CreateBrowserAsync);
        routes.MapGet("/v1.2/browser/{id}/show.json", ShowBrowserAsync);
        routes.MapGet("/v1.2/event/create.json", GetEventAsync);
        routes.MapPost("/v1.2/event/create.json", PostEventAsync);
        routes.MapPost("/v1.2/events", PostEventAsync);
    }

    private Task CreateBrowserAsync(HttpContext http)
    {
        var key = QueryOf(http, "client_key");
        var request = Describe(http) with { ClientKey = key };
        return ServeAsync(http, FaultPath.Browser, request, _ => upstream.CreateBrowser(key));
    }

    private Task ShowBrowserAsync(HttpContext http, string id)
    {
        var key = QueryOf(http, "client_key");
        var request = Describe(http) with { ClientKey = key, BrowserId = id };
        return ServeAsync(http, FaultPath.Browser, request, _ => upstream.ShowBrowser(key, id));
    }

    private Task GetEventAsync(HttpContext http) =>
        EventAsync(http, Encoding.UTF8.GetBytes(QueryOf(http, "message") ?? ""), QueryOf(http, "client_key"));

    private async Task PostEventAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        await EventAsync(http, body.ToArray(), QueryOf(http, "client_key"));
    }

    private Task EventAsync(HttpContext http, byte[] body, string? queryKey)
    {
        var message = EventMessage.Read(body);
        var key = queryKey ?? message?.ClientKey;
        var request = Describe(http) with
        {
            ClientKey = key,
            BrowserId = message?.BrowserId,
            Type = message?.Type,
            Body = body,
        };
        return ServeAsync(
            http, FaultPath.Events, request, arrival => upstream.CreateEvent(arrival.Number, key, message));
    }

    private async Task ServeAsync(
        HttpContext http, FaultPath path, Arrival request, Func<Arrival, Verdict> process)
    {
        var arrival = arrivals.Note((number, at) => request with { Number = number, At = at });
        try
        {
            var fault = faults.Next(path, arrival.Type);
            var verdict = FaultPlayer.Processes(fault) ? process(arrival) : PlayedBy(fault!);
            var silent = FaultPlayer.Silences(fault);
            arrivals.Settle(arrival with
            {
                Fate = verdict.Fate,
                Reason = verdict.Reason,
                Status = silent ? null : verdict.Status,
                Fault = fault is null ? null : NameOf(fault.Kind),
            });

            var delay = settings.Latency;
            if (fault is { Kind: FaultKind.Latency })
                delay += fault.Delay;
            if (delay > TimeSpan.Zero)
                await Task.Delay(delay, time, http.RequestAborted);
            if (silent)
                await FaultPlayer.SilenceAsync(http, fault!, lifetime.ApplicationStopping);
            else
                await AnswerAsync(http, verdict, fault?.RetryAfter);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away while it waited: there is nobody to answer.
        }
        finally
        {
            arrivals.Leave(arrival);
        }
    }

    private static async Task AnswerAsync(HttpContext http, Verdict verdict, string? retryAfter)
    {
        http.Response.StatusCode = verdict.Status;
        if (retryAfter is not null)
            http.Response.Headers.RetryAfter = retryAfter;
        if (verdict.Status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified))
            await http.Response.WriteAsJsonAsync(verdict.Body, verdict.Body.GetType(), EmulatorJson.Options);
    }

    private static Verdict PlayedBy(FaultRule fault) =>
        new(Fate.Open, fault.Status, ErrorBody.Of(fault.Status, "A fault was asked for."));

    private static Arrival Describe(HttpContext http) => new()
    {
        Number = 0,
        At = default,
        Method = http.Request.Method,
        Path = http.Request.Path.Value ?? "/",
    };

    private static string? QueryOf(HttpContext http, string name) =>
        http.Request.Query.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;

    private static string NameOf(FaultKind kind) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
