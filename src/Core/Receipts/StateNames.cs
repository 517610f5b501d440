using System.Diagnostics;

namespace GuestSessions.Core.Receipts;

/// <summary>How the API and the metrics write the state of an event.</summary>
public static class StateNames
{
    public const string Pending = "pending";
    public const string Sending = "sending";
    public const string Delivered = "delivered";
    public const string Quarantined = "quarantined";
    public const string InDoubt = "in_doubt";
    public const string Discarded = "discarded";
    public const string Superseded = "superseded";
    public const string Dropped = "dropped";

    public static string Of(EventState state) => state switch
    {
        EventState.Pending => Pending,
        EventState.Sending => Sending,
        EventState.Delivered => Delivered,
        EventState.Quarantined => Quarantined,
        EventState.InDoubt => InDoubt,
        EventState.Discarded => Discarded,
        EventState.Superseded => Superseded,
        EventState.Dropped => Dropped,
        _ => throw new UnreachableException($"No name for {state}."),
    };
}
