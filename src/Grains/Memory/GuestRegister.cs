using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Memory;

/// <summary>
/// The guests in this silo's memory, in the order of their arrival. A guest that was called since its last check moves to
/// the end instead of leaving. So the guests that were unused longest leave first.
/// </summary>
public sealed partial class GuestRegister(TimeProvider time, ILogger<GuestRegister> logger)
{
    /// <summary>Guests that leave in parallel. Leaving must not take the processor from called guests.</summary>
    private const int AtOnce = 64;

    /// <summary>Time limit for guests that are asked together. One that hangs keeps no other guest in memory.</summary>
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

    /// <summary>Number of guests that have left, for any reason.</summary>
    public long Left => Interlocked.Read(ref _left);

    public LinkedListNode<IResident> Enter(IResident guest)
    {
        lock (_gate)
            return _guests.AddLast(guest);
    }

    /// <summary>Removes a guest. Does nothing if it has already left.</summary>
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

    /// <summary>
    /// Asks guests to leave, the longest unused first, until <paramref name="count"/> have left or all were asked.
    /// </summary>
    /// <returns>The number of guests that left.</returns>
    public async Task<int> ShedAsync(int count, bool isWaitingToo, CancellationToken cancellation)
    {
        var left = 0;
        // Each guest may be checked twice: once to clear its used mark, once to leave.
        for (var toSee = 2 * Count; toSee > 0 && left < count && !cancellation.IsCancellationRequested;)
        {
            var asked = Next(Math.Min(AtOnce, count - left), ref toSee);
            if (asked.Count == 0)
                break;
            left += await AskAsync(asked, isWaitingToo, cancellation);
        }

        return left;
    }

    /// <returns>The number of guests that left.</returns>
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
            // Its activation is ending, or its scheduler has ended.
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

    [LoggerMessage(7303, LogLevel.Warning, "A guest failed to leave memory or did not answer; other guests leave instead.")]
    private partial void LogStayed(Exception exception);
}
