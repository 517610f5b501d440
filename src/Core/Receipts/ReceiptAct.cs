using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Receipts;

/// <summary>What a person did to an event.</summary>
/// <param name="Edit">A redrive that changed it: what it became.</param>
/// <param name="SessionClosed">A redrive of an event whose session was over.</param>
public sealed record ReceiptAct(
    ActKind Kind, PersonAct Act, EventEdit? Edit = null, bool SessionClosed = false);

public enum ActKind
{
    Redriven,
    Discarded,
    ResolvedDelivered,
    ResolvedNotDelivered,
}
