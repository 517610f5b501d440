namespace GuestSessions.StreamApi.Wire;

/// <summary>Classifies the exceptions of the HTTP stack.</summary>
internal static class WireFailure
{
    // RFC 9113, 7.
    private const long RefusedStream = 0x7;

    /// <param name="failure">What the HTTP stack threw.</param>
    /// <param name="caller">The caller's token: its cancellation explains any failure.</param>
    /// <param name="timeout">The attempt's own token: its cancellation explains any failure of the request.</param>
    public static WireEnd EndOf(Exception failure, CancellationToken caller, CancellationToken timeout = default) => failure switch
    {
        _ when caller.IsCancellationRequested => WireEnd.Cancelled,

        // Either the attempt's own time-out, or the connect time-out inside the handler.
        OperationCanceledException => WireEnd.TimedOut,
        HttpRequestException when timeout.IsCancellationRequested => WireEnd.TimedOut,
        _ when Holds<AddressNotAllowedException>(failure, static _ => true) => WireEnd.AddressNotAllowed,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            WireEnd.NameNotResolved,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
            WireEnd.NotConnected,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            WireEnd.TlsFailed,
        _ when Holds<HttpProtocolException>(failure, static refused => refused.ErrorCode == RefusedStream) =>
            WireEnd.StreamRefused,
        _ => WireEnd.ConnectionLost,
    };

    /// <summary>Whether a failure is, or was caused by, one of a kind.</summary>
    private static bool Holds<T>(Exception? failure, Func<T, bool> isMeant) where T : Exception
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is T found && isMeant(found))
                return true;
        }

        return false;
    }
}
