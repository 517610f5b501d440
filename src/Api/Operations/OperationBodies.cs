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
        operation.EndedAt is null ? null : ResultOf(operation));

    private static string StateOf(OperationView operation) =>
        operation.HasFailed ? "failed" : operation.EndedAt is null ? "running" : "completed";

    private static OperationResult ResultOf(OperationView operation) => operation.Kind == Replay
        ? new OperationResult(operation.Skipped) { Replayed = operation.Replayed }
        : new OperationResult(operation.Skipped) { Redriven = operation.Redriven };
}
