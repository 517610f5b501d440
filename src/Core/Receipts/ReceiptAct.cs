using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Receipts;

/// <summary>What a person did to an event.</summary>
/// <param name="Edit">Of a redrive that changed the event: its new content.</param>
/// <param name="SessionClosed">Of a redrive: whether the event's session was over.</param>
public sealed record ReceiptAct(
    ActKind Kind, PersonAct Act, EventEdit? Edit = null, bool SessionClosed = false);

public enum ActKind
{
    Redriven,
    Discarded,
    ResolvedDelivered,
    ResolvedNotDelivered,
    Blanked,
}
