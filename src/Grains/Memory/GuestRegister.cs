using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Memory;

/// <summary>
/// The guests in this silo's memory in the order in which they came. A guest that was called since it was last looked at
/// goes to the end instead of leaving, so that those leave first that were not used for longest.
/// </summary>
public sealed partial class GuestRegister(TimeProvider time, ILogger<GuestRegister> logger)
{
    /// <summary>Guests that leave side by side: leaving must not take the processor from those who are called.</summary>
    private const int AtOnce = 64;

    /// <summary>How long guests that are asked together may take: one that hangs keeps nobody else in memory.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<IResident> _guests = [];
    private long _left;
    private long? _toldAt;

    public int Count
    {
        get
        {
            lock (_gate)
                return _guests.Count;
        }
    }

    /// <summary>Guests that left so far, for whatever reason.</summary>
    public long Left => Interlocked.Read(ref _left);

    public LinkedListNode<IResident> Enter(IResident guest)
    {
        lock (_gate)
            return _guests.AddLast(guest);
    }

    /// <summary>Does no harm when it has left already.</summary>
    public void Leave(LinkedListNode<IResident> place)
    {
        lock (_gate)
        {
            if (place.List is null)
                return;
            _guests.Remove(place);
        }

        Interlocked.Increment(ref _left);
    }

    /// <summary>Asks guests to leave, those not used for longest first, until so many have or all were asked.</summary>
    /// <returns>How many left.</returns>
    public async Task<int> ShedAsync(int count, bool isWaitingToo, CancellationToken cancellation)
    {
        var left = 0;
        // Each may be seen twice: once to forget that it was used, once to leave.
        for (var toSee = 2 * Count; toSee > 0 && left < count && !cancellation.IsCancellationRequested;)
        {
            var asked = Next(Math.Min(AtOnce, count - left), ref toSee);
            if (asked.Count == 0)
                break;
            left += await AskAsync(asked, isWaitingToo, cancellation);
        }

        return left;
    }

    /// <returns>How many left.</returns>
    private async Task<int> AskAsync(List<IResident> guests, bool isWaitingToo, CancellationToken cancellation)
    {
        var answers = guests.ConvertAll(guest => AskAsync(guest, isWaitingToo));
        try
        {
            await Task.WhenAll(answers).WaitAsync(Patience, time, cancellation);
        }
        catch (TimeoutException exception)
        {
            Tell(exception);
        }

        return answers.Count(static answer => answer is { IsCompletedSuccessfully: true, Result: true });
    }

    private List<IResident> Next(int count, ref int toSee)
    {
        var next = new List<IResident>(count);
        lock (_gate)
        {
            for (; toSee > 0 && next.Count < count && _guests.First is { } first; toSee--)
            {
                _guests.RemoveFirst();
                _guests.AddLast(first);
                if (first.Value.WasUsed)
                    first.Value.WasUsed = false;
                else
                    next.Add(first.Value);
            }
        }

        return next;
    }

    private async Task<bool> AskAsync(IResident guest, bool isWaitingToo)
    {
        try
        {
            return await Task.Factory.StartNew(
                () => guest.TryLeave(isWaitingToo), CancellationToken.None, TaskCreationOptions.None, guest.Home);
        }
        catch (Exception exception) when (exception is InvalidOperationException or TaskSchedulerException
            or OrleansException)
        {
            // Its activation ends already, or its scheduler has.
            Tell(exception);
            return false;
        }
    }

    private void Tell(Exception exception)
    {
        lock (_gate)
        {
            if (_toldAt is { } told && time.GetElapsedTime(told) < LogInterval)
                return;
            _toldAt = time.GetTimestamp();
        }

        LogStayed(exception);
    }

    [LoggerMessage(7303, LogLevel.Warning, "A guest that should leave memory failed, or did not answer; others leave.")]
    private partial void LogStayed(Exception exception);
}
