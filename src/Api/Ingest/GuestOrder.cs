namespace GuestSessions.Api.Ingest;

/// <summary>
/// Keeps the order of each guest's events while parts of one request are recorded in parallel. A guest's next call
/// waits for its previous one. If an event has to be retried, the events after it have to be retried too, until that
/// event arrives again; otherwise they would overtake it.
/// </summary>
internal sealed class GuestOrder
{
    /// <summary>Maximum number of guests that wait for a retry; beyond, all events of the request need one.</summary>
    internal const int MostStopped = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task> _last = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Stop> _stopped = new(StringComparer.Ordinal);
    private EventResult? _everybody;

    /// <summary>Takes the guest's next turn. Call it in the order of the request.</summary>
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

    /// <summary>How many of the guest's next events have to be retried, and why.</summary>
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

    /// <param name="guest">The guest whose event has to be retried.</param>
    /// <param name="eventId">The caller's id of the event; null matches the next event without an id.</param>
    /// <param name="why">The result of the events after it.</param>
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

        /// <summary>Lets the next turn begin. Call it in any case; repeated calls do no harm.</summary>
        public void Leave() => order.Leave(guest, done);
    }
}
