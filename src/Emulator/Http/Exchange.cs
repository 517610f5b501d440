using System.Text.Json;
using GuestSessions.Emulator.Arrivals;
using GuestSessions.Emulator.Faults;

namespace GuestSessions.Emulator.Http;

/// <summary>
/// The one way of every request: note the arrival, play a fault or process, note what became of it, answer.
/// </summary>
internal sealed class Exchange(
    EmulatorSettings settings,
    ArrivalLog arrivals,
    FaultPlan faults,
    TimeProvider time,
    IHostApplicationLifetime lifetime)
{
    public async Task ServeAsync(
        HttpContext http, FaultPath path, Arrival request, Func<Arrival, Answer> process)
    {
        var arrival = arrivals.Note((number, at) => request with { Number = number, At = at });
        try
        {
            var fault = faults.Next(path, arrival.Type);
            var answer = FaultPlayer.Processes(fault) ? process(arrival) : PlayedBy(fault!);
            var silent = FaultPlayer.Silences(fault);
            arrivals.Settle(arrival with
            {
                Fate = answer.Fate,
                Reason = answer.Reason,
                Status = silent ? null : answer.Status,
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
                await AnswerAsync(http, answer, fault?.RetryAfter);
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

    private static async Task AnswerAsync(HttpContext http, Answer answer, string? retryAfter)
    {
        http.Response.StatusCode = answer.Status;
        if (retryAfter is not null)
            http.Response.Headers.RetryAfter = retryAfter;
        if (answer.Status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified))
            await http.Response.WriteAsJsonAsync(answer.Body, answer.Body.GetType(), EmulatorJson.Options);
    }

    private static Answer PlayedBy(FaultRule fault) =>
        new(Fate.Open, fault.Status, ErrorBody.Of(fault.Status, "A fault was asked for."));

    private static string NameOf(FaultKind kind) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
