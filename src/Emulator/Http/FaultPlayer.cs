using GuestSessions.Emulator.Faults;
using Microsoft.AspNetCore.Http.Features;

namespace GuestSessions.Emulator.Http;

/// <summary>Plays a fault rule on a request.</summary>
internal static class FaultPlayer
{
    // RFC 9113, 7.
    private const int InternalError = 0x2;
    private const int RefusedStream = 0x7;

    /// <summary>Whether the request is still processed under this fault.</summary>
    public static bool Processes(FaultRule? fault) => fault?.Kind switch
    {
        FaultKind.HangBefore or FaultKind.ResetBefore or FaultKind.RefuseStream => false,
        FaultKind.Status => fault.Processed,
        _ => true,
    };

    /// <summary>Whether there is no HTTP answer at all.</summary>
    public static bool Silences(FaultRule? fault) =>
        fault?.Kind is FaultKind.HangBefore or FaultKind.HangAfter
            or FaultKind.ResetBefore or FaultKind.ResetAfter or FaultKind.RefuseStream;

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

    /// <summary>Writes the answer as the fault requires: at once, byte by byte, or half of it.</summary>
    public static async Task WriteAsync(
        HttpContext http, Reply reply, FaultRule? fault, TimeProvider time, CancellationToken stopping)
    {
        if (!reply.WriteHead(http.Response))
            return;
        switch (fault?.Kind)
        {
            case FaultKind.SlowAnswer:
                using (var end = CancellationTokenSource.CreateLinkedTokenSource(
                    http.RequestAborted, stopping))
                    await DripAsync(http.Response, reply.Body, fault.Delay, time, end.Token);
                break;
            case FaultKind.TruncatedAnswer:
                var half = reply.Body[..(reply.Body.Length / 2)];
                await http.Response.Body.WriteAsync(half, http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);

                // On HTTP/1.1 an abort could overtake the half body. A body that is shorter than its announced length also
                // fails at the client.
                http.Features.Get<IHttpResetFeature>()?.Reset(InternalError);
                break;
            default:
                await http.Response.Body.WriteAsync(reply.Body, http.RequestAborted);
                break;
        }
    }

    private static async Task DripAsync(
        HttpResponse response, ReadOnlyMemory<byte> body, TimeSpan pause, TimeProvider time,
        CancellationToken cancellation)
    {
        await response.StartAsync(cancellation);
        for (var at = 0; at < body.Length; at++)
        {
            await response.Body.WriteAsync(body.Slice(at, 1), cancellation);
            await response.Body.FlushAsync(cancellation);
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, time, cancellation);
        }
    }
}
