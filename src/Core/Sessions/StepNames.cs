namespace GuestSessions.Core.Sessions;

/// <summary>How the API and the lists write what the delivery of a guest does.</summary>
public static class StepNames
{
    public const string Idle = "idle";
    public const string TakingOver = "taking_over";
    public const string Sending = "sending";
    public const string Paused = "paused";
    public const string RefusedWaits = "refused_waits";
    public const string SetAsideFull = "set_aside_full";
    public const string AwaitingBrowser = "awaiting_browser";
    public const string BackingOff = "backing_off";
    public const string Waiting = "waiting";
}
