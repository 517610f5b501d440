using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// The commit that is being collected. Its decisions are applied at once, so that the next decision sees them. All their
/// events go to the journal in one row.
/// </summary>
internal sealed class SessionWork(GuestSession state)
{
    private readonly List<SessionEvent> _events = [];

    public GuestSession State { get; } = state;

    public IReadOnlyList<SessionEvent> Events => _events;

    /// <summary>The approximate size of the row, in bytes.</summary>
    public int Bytes { get; private set; }

    /// <summary>Adds a decision: its events are applied and will be committed.</summary>
    /// <returns>The decision's result. Do not answer with it before the commit is durable.</returns>
    public TResult Do<TResult>(Decision<TResult> decision)
    {
        for (var i = 0; i < decision.Events.Count; i++)
        {
            var @event = decision.Events[i];
            State.Apply(@event);
            _events.Add(@event);
            Bytes += @event is EventRecorded recorded ? recorded.Size : 0;
        }

        return decision.Result;
    }
}
