using System.Collections.Concurrent;

namespace GuestSessions.SystemTests.Histories;

/// <summary>What all clients of a run called and were told, on one clock that only counts.</summary>
internal sealed class ClientLog
{
    private readonly ConcurrentQueue<Recording> _recordings = new();
    private readonly ConcurrentQueue<Sighting> _sightings = new();
    private long _ticks;

    public IReadOnlyList<Recording> Recordings => [.. _recordings];

    public IReadOnlyList<Sighting> Sightings => [.. _sightings];

    public long Tick() => Interlocked.Increment(ref _ticks);

    public void Add(Recording recording) => _recordings.Enqueue(recording);

    public void Add(Sighting sighting) => _sightings.Enqueue(sighting);
}
