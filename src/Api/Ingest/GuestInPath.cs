using GuestSessions.Api.Errors;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;

namespace GuestSessions.Api.Ingest;

/// <summary>Checks the guest in the path of a write.</summary>
internal static class GuestInPath
{
    /// <summary>Null when events may be recorded for the guest.</summary>
    public static Refusal? Check(string guest, IngestOptions limits)
        => GuestIds.Check(guest, limits.JunkGuestIds) switch
        {
            null => null,
            EventCodes.JunkGuestId => Refuse(EventCodes.JunkGuestId, "Expected one guest's id; the id is a placeholder."),
            EventCodes.ReservedGuestId => Refuse(
                EventCodes.ReservedGuestId, "Expected a guest id of your own; this form is reserved for SDKs."),
            var code => Refuse(code, $"Expected {CallerIds.Expected}.{CallerIds.Advice(guest)}"),
        };

    private static Refusal Refuse(string code, string detail)
        => Refusals.Invalid([new Violation(code, "/guest", detail)]);
}
