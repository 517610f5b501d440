using GuestSessions.Core.Journal;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Errors;

/// <summary>Exceptions as refusals: the one place where HTTP learns of them.</summary>
internal static class Faults
{
    /// <summary>
    /// The cluster cannot answer now; the same call can be repeated. Orleans cancels what expired before it found a silo,
    /// and passes on that a silo had no memory for a guest.
    /// </summary>
    public static bool IsUnavailable(Exception fault)
        => fault is SessionUnavailableException or JournalUnavailableException or OrleansException or TimeoutException
            or OperationCanceledException or OutOfMemoryException;

    public static Refusal ToRefusal(Exception fault) => fault switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout }
            => Refusals.RequestTimeout(),
        BadHttpRequestException => Refusals.MalformedRequest(),
        _ when IsUnavailable(fault) => Refusals.Unavailable(),
        _ => Refusals.InternalError(),
    };
}
