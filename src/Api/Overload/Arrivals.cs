using System.IO.Pipelines;
using System.Runtime.InteropServices;
using GuestSessions.Api.Ingest;
using GuestSessions.ServiceDefaults.Options;

namespace GuestSessions.Api.Overload;

/// <summary>
/// Requests whose bodies are still arriving. They do not count in <see cref="AdmissionLimit"/>; their number and bytes are
/// bounded here, in total and per address. If there are too many, the oldest request of the address that has the most gives
/// way, so prompt senders never pay for slow ones. If they hold too many bytes, the newest large request of the address
/// that holds most gives way, so that those that are nearly complete can finish.
/// </summary>
internal sealed class Arrivals(ArrivalOptions limits, TimeProvider time)
{
    /// <summary>Bytes. A body up to this size is small, and does not give way to a larger one.</summary>
    private readonly long _small = limits.UnfinishedBytesPerAddress / 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Sender> _senders = new(StringComparer.Ordinal);
    private int _count;
    private long _bytes;

    /// <param name="address">The sender's address; null for a sender that only the total bounds.</param>
    /// <param name="body">The body; its pending read is cancelled when it has to give way or is late.</param>
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

    /// <summary>Reports how much of a body has arrived.</summary>
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

    /// <summary>Ends an arrival: the body has arrived, or nothing waits for it any more.</summary>
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

    /// <summary>Removes one arrival that has to give way; null when none has to.</summary>
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

    /// <summary>All arrivals from one address, the oldest first.</summary>
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

/// <summary>One request whose body is arriving; only <see cref="Arrivals"/> changes it.</summary>
internal sealed class Arrival(PipeReader body)
{
    public Arrivals.Sender Sender { get; set; } = null!;
    public LinkedListNode<Arrival>? Place { get; set; }
    public ITimer? Deadline { get; set; }
    public ArrivalEnd? Ended { get; set; }
    public long Bytes { get; set; }

    /// <summary>Do not call it within a lock: the reader of the body continues at once, perhaps on this thread.</summary>
    public void Cancel() => body.StopReading();
}
