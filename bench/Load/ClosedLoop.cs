using System.Diagnostics;

namespace GuestSessions.Bench.Load;

/// <summary>
/// As many connections as told, each posting its next event as soon as the last one is answered. Guests are spread so that each
/// belongs to one connection, which makes the order of its events that of their numbers.
/// </summary>
internal sealed class ClosedLoop(int port, int connections)
{
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private Task _workers = Task.CompletedTask;
    private volatile Phase _phase = null!;
    private volatile bool _stopped;
    private long _acknowledged;

    /// <summary>Events answered with 202 from the start on.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Puts the load on; what it sees is not kept until it is measured.</summary>
    public void Start(Func<int, string> guestOf)
    {
        _phase = new Phase(guestOf, connections);
        _workers = Task.WhenAll(Enumerable.Range(0, connections).Select(WorkAsync));
    }

    /// <summary>Goes on with other guests, and keeps what it sees.</summary>
    /// <param name="endsAtRefusal">Ends with the first answer other than 202, if one comes before the time is over.</param>
    public async Task<LoadResult> MeasureAsync(Func<int, string> guestOf, TimeSpan time, bool endsAtRefusal)
    {
        var phase = new Phase(guestOf, connections);
        _phase = phase;
        var over = Task.Delay(time, TimeProvider.System);
        await (endsAtRefusal ? Task.WhenAny(over, phase.FirstRefusal) : over);
        var result = phase.End();
        _phase = new Phase(guestOf, connections);
        return result;
    }

    public Task StopAsync()
    {
        _stopped = true;
        return _workers;
    }

    private async Task WorkAsync(int worker)
    {
        using var connection = new LoadConnection();
        await connection.ConnectAsync(port);
        for (var number = worker; !_stopped; number += connections)
        {
            var phase = _phase;
            var started = Stopwatch.GetTimestamp();
            var status = await connection.PostAsync(phase.GuestOf(number), _run, number);
            if (status == Phase.Accepted)
                Interlocked.Increment(ref _acknowledged);
            phase.Answered(worker, status, Stopwatch.GetElapsedTime(started));
        }
    }
}
