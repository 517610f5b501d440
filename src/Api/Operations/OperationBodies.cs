using GuestSessions.Api.Guests;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Operations;

/// <summary>Turns the answer of an operation's grain into a body for callers.</summary>
internal static class OperationBodies
{
    private const string Replay = "replay";

    public static OperationBody From(OperationView operation) => new(
        operation.Id,
        operation.Kind,
        StateOf(operation),
        new ProgressBody(operation.Redriven + operation.Replayed + operation.Skipped, operation.Total),
        operation.StartedAt,
        operation.EndedAt,
        operation.EndedAt is null ? null : ResultOf(operation))
    {
        Act = operation.Act is { } act ? GuestBodies.From(act) : null,
        Via = operation.Act?.Via,
        Cancelled = operation.Cancelled is { } cancelled ? GuestBodies.From(cancelled) : null,
        Type = TextMask.Mask(operation.Type),
        Code = operation.Code,
    };

    private static string StateOf(OperationView operation) =>
        operation.HasFailed ? "failed"
        : operation.EndedAt is null ? "running"
        : operation.Cancelled is null ? "completed" : "cancelled";

    private static OperationResult ResultOf(OperationView operation) => operation.Kind == Replay
        ? new OperationResult(operation.Skipped) { Replayed = operation.Replayed }
        : new OperationResult(operation.Skipped) { Redriven = operation.Redriven };
}
