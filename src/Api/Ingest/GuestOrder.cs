namespace GuestSessions.Api.Ingest;

/// <summary>
/// Keeps each guest of one request in its order while parts of the request are recorded side by side: a
/// guest's next call waits for its last one, and what follows an event that has to come again comes again too,
/// or it would overtake it, until that event is back.
/// </summary>
internal sealed class GuestOrder
{
    /// <summary>Guests that wait for an event at once; beyond, every event of the request comes again.</summary>
    internal const int MostStopped = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task> _last = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Stop> _stopped = new(StringComparer.Ordinal);
    private EventResult? _everybody;

    /// <summary>Takes the guest's next turn; to be called in the order of the request.</summary>
    public Turn Take(string guest)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            var before = _last.GetValueOrDefault(guest, Task.CompletedTask);
            _last[guest] = done.Task;
            return new Turn(this, guest, before, done);
        }
    }

    /// <summary>How many of the guest's next events have to come again, and why.</summary>
    public (int Count, EventResult? Why) Held(string guest, IReadOnlyList<string?> eventIds)
    {
        lock (_gate)
        {
            if (_everybody is not null)
                return (eventIds.Count, _everybody);
            if (!_stopped.TryGetValue(guest, out var stop))
                return (0, null);
            for (var at = 0; at < eventIds.Count; at++)
            {
                if (eventIds[at] != stop.EventId)
                    continue;
                _stopped.Remove(guest);
                return (at, stop.Why);
            }

            return (eventIds.Count, stop.Why);
        }
    }

    /// <param name="guest">Whose event has to come again.</param>
    /// <param name="eventId">As its caller gave it; without one, the next without one stands for it.</param>
    /// <param name="why">What the events behind it are answered.</param>
    public void StopAt(string guest, string? eventId, EventResult why)
    {
        lock (_gate)
        {
            if (_stopped.Count < MostStopped)
                _stopped[guest] = new Stop(eventId, why);
            else
                _everybody ??= why;
        }
    }

    private void Leave(string guest, TaskCompletionSource done)
    {
        lock (_gate)
        {
            if (_last.GetValueOrDefault(guest) == done.Task)
                _last.Remove(guest);
        }

        done.TrySetResult();
    }

    private sealed record Stop(string? EventId, EventResult Why);

    /// <summary>A guest's place in the queue.</summary>
    internal sealed class Turn(GuestOrder order, string guest, Task before, TaskCompletionSource done)
    {
        public string Guest => guest;

        /// <summary>Done when all earlier turns of the guest are over.</summary>
        public Task Before => before;

        /// <summary>Lets the next turn begin; to be called in any case, and more than once does no harm.</summary>
        public void Leave() => order.Leave(guest, done);
    }
}
