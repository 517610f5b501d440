using GuestSessions.Emulator.Faults;
using Microsoft.AspNetCore.Http.Features;

namespace GuestSessions.Emulator.Http;

/// <summary>Plays on a request what a fault rule says.</summary>
internal static class FaultPlayer
{
    // RFC 9113, 7.
    private const int RefusedStream = 0x7;

    /// <summary>Whether the request is still processed under this fault.</summary>
    public static bool Processes(FaultRule? fault) =>
        fault is null or { Kind: FaultKind.Latency or FaultKind.HangAfter or FaultKind.ResetAfter };

    /// <summary>Whether there is no HTTP answer at all.</summary>
    public static bool Silences(FaultRule? fault) =>
        fault is not (null or { Kind: FaultKind.Latency or FaultKind.Status });

    /// <summary>Ends the request without an answer.</summary>
    public static async Task SilenceAsync(HttpContext http, FaultRule fault, CancellationToken stopping)
    {
        if (fault.Kind is FaultKind.HangBefore or FaultKind.HangAfter)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = end.Token.Register(ended.SetResult);
            await ended.Task;
        }

        if (fault.Kind == FaultKind.RefuseStream && http.Features.Get<IHttpResetFeature>() is { } stream)
            stream.Reset(RefusedStream);
        else
            http.Abort();
    }
}
