using GuestSessions.Core.Operations;

namespace GuestSessions.Api.Operations;

/// <summary>A bulk act as the API and the console offer it.</summary>
/// <param name="Name">In the console's addresses; unique.</param>
/// <param name="Kind">Of the operation.</param>
/// <param name="InDoubt">Takes events in doubt, or else quarantined ones.</param>
/// <param name="Verb">What it does, as a button says it.</param>
/// <param name="Effects">What it does with each event.</param>
public sealed record BulkKind(string Name, string Kind, bool InDoubt, string Verb, IReadOnlyList<string> Effects)
{
    private const string Skips = "An event is skipped if somebody else acted on it before.";
    private const string SkipsFull = "An event is skipped if somebody else acted on it before, or if its guest's line is full.";
    private const string Paused = "A guest or tenant that is paused sends nothing until it is resumed.";

    public static readonly BulkKind Redrive = new("redrive", OperationRecord.BulkRedriveKind, InDoubt: false, "Redrive",
    [
        "Each event goes to the head of its guest's line, unchanged, and is sent again. Events of one guest keep their order.",
        "An event that the upstream refuses again returns to quarantine. The operation does not take it a second time.",
        SkipsFull,
        Paused,
    ]);

    public static readonly BulkKind Discard = new("discard", OperationRecord.BulkDiscardKind, InDoubt: false, "Discard",
    [
        "Each event is given up and is never sent. That cannot be undone.",
        "A line that waits for one of them goes on.",
        Skips,
    ]);

    public static readonly BulkKind RedriveInDoubt = new(
        "redrive-in-doubt", OperationRecord.BulkRedriveKind, InDoubt: true, "Redrive",
    [
        "Each event goes to the head of its guest's line and is sent again. One that had arrived arrives twice, and is marked so.",
        SkipsFull,
        Paused,
    ]);

    public static readonly BulkKind Resolve = new("resolve", OperationRecord.BulkResolveKind, InDoubt: true, "Resolve",
    [
        "As delivered: each event counts as delivered, and is not sent.",
        "As not delivered: each event is quarantined with the code not_delivered, from where it can be redriven or discarded.",
        Skips,
    ]);

    /// <summary>Whether it needs to be told what became of the events.</summary>
    public bool NeedsOutcome => Kind == OperationRecord.BulkResolveKind;

    public static IReadOnlyList<BulkKind> All { get; } = [Redrive, Discard, RedriveInDoubt, Resolve];
}
