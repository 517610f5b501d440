using System.Diagnostics;

namespace GuestSessions.Core.Delivery;

/// <summary>How the API, the metrics and the traces write the outcome of an attempt.</summary>
public static class OutcomeNames
{
    public static string Of(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Delivered => "delivered",
        AttemptOutcome.NotApplied => "not_applied",
        AttemptOutcome.Unsent => "unsent",
        AttemptOutcome.Refused => "refused",
        AttemptOutcome.Misconfigured => "misconfigured",
        AttemptOutcome.InDoubt => "in_doubt",
        _ => throw new UnreachableException($"No name for {outcome}."),
    };
}
