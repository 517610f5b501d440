using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Receipts;

/// <summary>Everything known about one event: its content, each attempt, and its state.</summary>
public sealed partial class Receipt(EventRecorded recorded)
{
    private readonly List<Attempt> _attempts = [];

    /// <summary>As it was received; without its body once it is blanked.</summary>
    public EventRecorded Event { get; private set; } = recorded;

    public EventState State { get; private set; } = EventState.Pending;

    /// <summary>When the start of its latest attempt became durable.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    public DateTimeOffset? DeliveredAt { get; private set; }

    public bool PossiblyDuplicate { get; private set; }

    /// <summary>The upstream's <c>ref</c>.</summary>
    public string? Reference { get; private set; }

    /// <summary>Why it is set aside.</summary>
    public string? Code { get; private set; }

    /// <summary>The sequence of the identical event that replaced it.</summary>
    public long? SupersededBy { get; private set; }

    public IReadOnlyList<Attempt> Attempts => _attempts;

    /// <summary>The receipt of an event that waits in the line although retention has deleted its commits.</summary>
    public static Receipt Of(LineEntry entry) => new(entry.Event)
    {
        PossiblyDuplicate = entry.PossiblyDuplicate,
        IsRedriven = entry.RedrivenAt is not null,
    };

    /// <summary>The receipt of a set-aside event whose commits retention has deleted.</summary>
    public static Receipt Of(SetAsideEvent aside) => new(aside.Event)
    {
        State = aside.InDoubt ? EventState.InDoubt : EventState.Quarantined,
        Code = aside.Code,
        PossiblyDuplicate = aside.PossiblyDuplicate,
    };

    internal void Start(DeliveryStarted started)
    {
        _attempts.Add(new Attempt(started.Attempt, started.At, Result: null));
        State = EventState.Sending;
        SentAt = started.At;
    }

    internal void End(int attempt, AttemptResult result, EventState state, bool possiblyDuplicate = false)
    {
        Record(attempt, result);
        PossiblyDuplicate |= possiblyDuplicate;
        State = state;
        Code = null;
        if (state != EventState.Delivered)
            return;
        DeliveredAt = result.EndedAt;
        Reference = result.Reference;
    }

    /// <summary>It may have been delivered in a time of which the journal knows nothing.</summary>
    internal void Doubt() => PossiblyDuplicate = true;

    internal void Drop(EventDropped dropped)
    {
        State = EventState.Dropped;
        Code = dropped.Code;
    }

    internal void Supersede(EventSuperseded superseded)
    {
        State = EventState.Superseded;
        SupersededBy = superseded.By;
    }

    internal void Quarantine(EventQuarantined quarantined)
    {
        End(quarantined.Attempt, quarantined.Result, EventState.Quarantined);
        Code = quarantined.Code;
    }

    internal void Hold(EventHeldInDoubt held)
    {
        End(held.Attempt, held.Result, EventState.InDoubt);
        Code = held.Code;
    }

    internal void Quarantine(string code)
    {
        State = EventState.Quarantined;
        Code = code;
    }

    internal void EndLate(LateOutcomeRecorded late)
    {
        if (late.Delivers)
            End(late.Attempt, late.Result, EventState.Delivered);
        else
            Record(late.Attempt, late.Result);
    }

    private void Record(int attempt, AttemptResult result)
    {
        var index = _attempts.FindLastIndex(known => known.Number == attempt);
        if (index >= 0)
            _attempts[index] = _attempts[index] with { Result = result };
    }
}

/// <summary>One attempt to deliver an event.</summary>
/// <param name="Result">Null until its outcome is known.</param>
public sealed record Attempt(int Number, DateTimeOffset StartedAt, AttemptResult? Result);

/// <summary>The state of an event.</summary>
public enum EventState
{
    Pending,
    Sending,
    Delivered,
    Quarantined,
    InDoubt,

    /// <summary>A person discarded it.</summary>
    Discarded,

    /// <summary>An identical IDENTITY followed before it was sent.</summary>
    Superseded,

    /// <summary>It was not sent because consent was denied, or because its body was erased.</summary>
    Dropped,
}
