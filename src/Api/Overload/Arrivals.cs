using System.IO.Pipelines;
using System.Runtime.InteropServices;
using GuestSessions.Api.Ingest;
using GuestSessions.Core.Options;

namespace GuestSessions.Api.Overload;

/// <summary>
/// Requests whose bodies are still coming. They hold no place of <see cref="AdmissionLimit"/>; what they hold is bounded
/// here, over all and for each address. Where there are too many, the one that has been coming longest gives way, of the
/// address that has the most: who sends promptly never pays for who does not. Where they hold too much, the newest of its
/// large ones does, so that those which are nearly there become whole.
/// </summary>
internal sealed class Arrivals(ArrivalOptions limits, TimeProvider time)
{
    /// <summary>A body that holds no more of what its address may is small, and gives way to no larger one.</summary>
    private readonly long _small = limits.UnfinishedBytesPerAddress / 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Sender> _senders = new(StringComparer.Ordinal);
    private int _count;
    private long _bytes;

    /// <param name="address">Whose it is; null for who is bounded with all others only.</param>
    /// <param name="body">Its pending read is cancelled when it has to give way or is late.</param>
    public Arrival Begin(string? address, PipeReader body)
    {
        var arrival = new Arrival(body);
        Arrival? victim;
        lock (_lock)
        {
            ref var sender = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _senders, address ?? "", out _);
            sender ??= new Sender(address);
            arrival.Sender = sender;
            arrival.Place = sender.Coming.AddLast(arrival);
            _count++;
            victim = Excess(sender);
        }

        victim?.Cancel();
        arrival.Deadline = time.CreateTimer(
            _ => EndWith(arrival, ArrivalEnd.Late), null, limits.BodyTime, Timeout.InfiniteTimeSpan);
        return arrival;
    }

    /// <summary>Tells how much of a body has come.</summary>
    public void Grow(Arrival arrival, long bytes)
    {
        List<Arrival> victims = [];
        lock (_lock)
        {
            if (arrival.Place is null)
                return;
            var more = bytes - arrival.Bytes;
            arrival.Bytes = bytes;
            arrival.Sender.Bytes += more;
            _bytes += more;
            while (Excess(arrival.Sender) is { } victim)
                victims.Add(victim);
        }

        victims.ForEach(static victim => victim.Cancel());
    }

    /// <summary>The body is there, or nobody waits for it any more.</summary>
    public ArrivalEnd End(Arrival arrival)
    {
        lock (_lock)
            Remove(arrival, ArrivalEnd.Whole);
        arrival.Deadline?.Dispose();
        return arrival.Ended!.Value;
    }

    private void EndWith(Arrival arrival, ArrivalEnd end)
    {
        bool isEnded;
        lock (_lock)
            isEnded = Remove(arrival, end);
        if (isEnded)
            arrival.Cancel();
    }

    /// <summary>Takes one out that has to give way; null when nobody has to.</summary>
    private Arrival? Excess(Sender sender)
    {
        var victim = VictimOf(sender);
        if (victim is not null)
            Remove(victim, ArrivalEnd.GaveWay);
        return victim;
    }

    private Arrival? VictimOf(Sender sender)
    {
        if (sender.Address is not null)
        {
            if (sender.Coming.Count > limits.UnfinishedPerAddress)
                return sender.Oldest;
            if (sender.Bytes > limits.UnfinishedBytesPerAddress)
                return sender.NewestAbove(_small) ?? sender.Oldest;
        }

        if (_count > limits.Unfinished)
            return _senders.Values.MaxBy(static other => other.Coming.Count)!.Oldest;
        if (_bytes <= limits.UnfinishedBytes)
            return null;
        var most = _senders.Values.MaxBy(static other => other.Bytes)!;
        return most.NewestAbove(_small) ?? most.Oldest;
    }

    private bool Remove(Arrival arrival, ArrivalEnd end)
    {
        if (arrival.Place is not { } place)
            return false;
        arrival.Ended = end;
        arrival.Place = null;
        var sender = arrival.Sender;
        sender.Coming.Remove(place);
        sender.Bytes -= arrival.Bytes;
        _count--;
        _bytes -= arrival.Bytes;
        if (sender.Coming.Count == 0)
            _senders.Remove(sender.Address ?? "");
        return true;
    }

    /// <summary>All that comes from one address, the oldest first.</summary>
    internal sealed class Sender(string? address)
    {
        public string? Address => address;
        public LinkedList<Arrival> Coming { get; } = [];
        public long Bytes { get; set; }
        public Arrival Oldest => Coming.First!.Value;

        public Arrival? NewestAbove(long bytes)
        {
            for (var place = Coming.Last; place is not null; place = place.Previous)
            {
                if (place.Value.Bytes > bytes)
                    return place.Value;
            }

            return null;
        }
    }
}

/// <summary>How the wait for a body ended.</summary>
internal enum ArrivalEnd
{
    Whole,
    GaveWay,
    Late,
}

/// <summary>One request whose body is coming; only <see cref="Arrivals"/> changes it.</summary>
internal sealed class Arrival(PipeReader body)
{
    public Arrivals.Sender Sender { get; set; } = null!;
    public LinkedListNode<Arrival>? Place { get; set; }
    public ITimer? Deadline { get; set; }
    public ArrivalEnd? Ended { get; set; }
    public long Bytes { get; set; }

    /// <summary>Whoever waits for the body goes on at once, perhaps on this thread: not to be called within a lock.</summary>
    public void Cancel() => body.StopReading();
}
