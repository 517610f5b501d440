using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// The commit that is being gathered: what is decided here is applied at once, so that the next decision sees it, and
/// goes to the journal in one row.
/// </summary>
internal sealed class SessionWork(GuestSession state)
{
    private readonly List<SessionEvent> _events = [];

    public GuestSession State { get; } = state;

    public IReadOnlyList<SessionEvent> Events => _events;

    /// <summary>Roughly what the row weighs, in bytes.</summary>
    public int Bytes { get; private set; }

    /// <summary>Takes a decision on: its events are applied and will be committed.</summary>
    /// <returns>The decision's result; it may only be told once the commit is durable.</returns>
    public TResult Do<TResult>(Decision<TResult> decision)
    {
        foreach (var @event in decision.Events)
        {
            State.Apply(@event);
            _events.Add(@event);
            Bytes += @event is EventRecorded recorded ? recorded.Size : 0;
        }

        return decision.Result;
    }
}
