using GuestSessions.Core.Events;

namespace GuestSessions.Core.Sessions;

/// <summary>Deliver a delivered event again.</summary>
/// <param name="Delivered">The event as it was sent upstream.</param>
/// <param name="Mark">Whether an attribute tells the upstream.</param>
public sealed record ReplayEvent(EventRecorded Delivered, string Operation, bool Mark, DateTimeOffset Now);

/// <summary>The result for one event of a replay.</summary>
public enum ReplayDecision
{
    /// <summary>It is in the line, or was put there by the same replay before.</summary>
    Done,

    /// <summary>The line accepts no replayed events now.</summary>
    Full,

    /// <summary>The session has forgotten the replay: too many others began after it.</summary>
    Forgotten,
}

public static partial class Decider
{
    /// <summary>Begins a replay. The result is the last sequence it covers; null for an unknown guest.</summary>
    public static Decision<long?> BeginReplay(
        GuestSession session, string operation, long first, long last, PersonAct act)
    {
        if (session.Guest is null)
            return Nothing<long?>(null);
        var covered = Math.Min(last, session.LastSequence);
        return session.FindReplay(operation) is { } begun
            ? Nothing<long?>(begun.Last ?? covered)
            : new([new ReplayBegun(operation, act, first, covered)], covered);
    }

    /// <summary>
    /// Puts a delivered event at the end of the line, once for each replay even if the command is repeated.
    /// </summary>
    public static Decision<ReplayDecision> Replay(GuestSession session, ReplayEvent command)
    {
        if (session.FindReplay(command.Operation) is not { } replay)
            return Nothing(ReplayDecision.Forgotten);
        if (command.Delivered.Sequence <= replay.Through)
            return Nothing(ReplayDecision.Done);
        var replayed = Replayed(session, command);
        return HasCapacityToReplay(session, replayed.Size)
            ? new([replayed], ReplayDecision.Done)
            : Nothing(ReplayDecision.Full);
    }

    // Half of the line is reserved for new events: none is rejected because of events that had already arrived.
    private static bool HasCapacityToReplay(GuestSession session, int size) =>
        session.Line.Count < Math.Max(1, session.Limits.UndeliveredEvents / 2)
        && (session.Line.Count == 0 || session.Line.Bytes + size <= session.Limits.UndeliveredBytes / 2);

    /// <summary>A delivered event as it is sent again: it keeps its time, and may get a mark.</summary>
    public static EventRecorded Repeated(EventRecorded delivered, bool mark) => delivered with
    {
        OccurredAt = delivered.OccurredAt ?? delivered.ReceivedAt,
        Body = mark ? ReplayMark.Add(delivered.Body) : delivered.Body,
    };

    /// <summary>The id of a delivered event when a replay delivers it again.</summary>
    public static string ReplayedIdOf(string operation, long sequence) => $"{operation}:{sequence}";

    private static EventRecorded Replayed(GuestSession session, ReplayEvent command) =>
        Repeated(command.Delivered, command.Mark) with
        {
            Sequence = session.LastSequence + 1,
            EventId = ReplayedIdOf(command.Operation, command.Delivered.Sequence),
            ReceivedAt = command.Now,
            OrderAt = Later(session.OrderTimeOf(command.Now), session.LastOrderAt),
            DueAt = null,
            Late = false,
            SessionTimeout = null,
            TraceParent = null,
            Replay = new ReplaySource(command.Delivered.Sequence, command.Operation),
        };
}
