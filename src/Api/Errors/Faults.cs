using GuestSessions.Core.Journal;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Errors;

/// <summary>Turns exceptions into refusals, in one place.</summary>
internal static class Faults
{
    /// <summary>
    /// The cluster cannot answer now; the caller can retry the same call. Orleans cancels a call that expires before it
    /// reaches a silo, and forwards the exception of a silo that had no memory for a guest.
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
