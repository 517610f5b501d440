using System.Text.Json;
using GuestSessions.Emulator.Arrivals;
using GuestSessions.Emulator.Faults;

namespace GuestSessions.Emulator.Http;

/// <summary>
/// Handles every request the same way: record the arrival, play a fault or process, record the outcome, answer.
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
            var fault = faults.Next(path, arrival.Type, arrival.BrowserId);
            var answer = FaultPlayer.Processes(fault) ? process(arrival) : null;
            var reply = fault is { Kind: FaultKind.Status }
                ? Reply.PlayedBy(fault, time.GetUtcNow())
                : answer is null ? null : Reply.Of(answer);
            var silent = FaultPlayer.Silences(fault);
            arrivals.Decide(Decided(arrival, answer, fault) with { Status = silent ? null : reply?.Status });

            var delay = settings.Latency;
            if (fault is { Kind: FaultKind.Latency })
                delay += fault.Delay;
            if (delay > TimeSpan.Zero)
                await Task.Delay(delay, time, http.RequestAborted);
            if (silent)
                await FaultPlayer.SilenceAsync(http, fault!, lifetime.ApplicationStopping);
            else
                await FaultPlayer.WriteAsync(http, reply!, fault, time, lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            // The client disconnected, or the emulator stops: no answer can be sent.
            http.Abort();
        }
        finally
        {
            arrivals.Leave(arrival);
        }
    }

    private static Arrival Decided(Arrival arrival, Answer? answer, FaultRule? fault) => arrival with
    {
        Fate = answer?.Fate ?? Fate.Open,
        Reason = answer?.Reason,
        Effect = arrival.IsEvent ? answer?.Effect : null,
        Findings = arrival.IsEvent && answer is { Findings.Count: > 0 } ? answer.Findings : null,
        Fault = fault is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.Kind.ToString()),
    };
}
