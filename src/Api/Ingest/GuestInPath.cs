using GuestSessions.Api.Errors;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;

namespace GuestSessions.Api.Ingest;

/// <summary>The guest of an address that is about to be written to.</summary>
internal static class GuestInPath
{
    /// <summary>Null when events may be recorded for the guest.</summary>
    public static Refusal? Check(string guest, IngestOptions limits)
        => GuestIds.Check(guest, limits.JunkGuestIds) switch
        {
            null => null,
            EventCodes.JunkGuestId => Refuse(EventCodes.JunkGuestId, "Expected one guest's id; got a placeholder."),
            EventCodes.ReservedGuestId => Refuse(
                EventCodes.ReservedGuestId, "Expected a guest of yours; a browser's own events come from its SDK."),
            var code => Refuse(code, $"Expected {CallerIds.Expected}.{CallerIds.Advice(guest)}"),
        };

    private static Refusal Refuse(string code, string detail)
        => Refusals.Invalid([new Violation(code, "/guest", detail)]);
}
