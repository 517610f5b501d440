using System.Collections.Concurrent;
using System.Diagnostics;

namespace GuestSessions.Bench.Load;

/// <summary>
/// Posts at a rate, whatever the answers do, as a crowd does. What finds all connections waiting is not sent, and counted:
/// a crowd has no end, a test machine has.
/// </summary>
internal sealed class OpenLoop(int port, int connections, Func<int, string> guestOf) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private readonly ConcurrentBag<LoadConnection> _idle = [];
    private readonly List<LoadConnection> _all = [];
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private int _next;

    public async Task ConnectAsync()
    {
        for (var number = 0; number < connections; number++)
        {
            var connection = new LoadConnection();
            await connection.ConnectAsync(port);
            _all.Add(connection);
            _idle.Add(connection);
        }
    }

    /// <summary>Keeps the rate up for a time, and waits for what is under way.</summary>
    public async Task<OpenResult> RunAsync(double perSecond, TimeSpan time)
    {
        var result = new OpenResult(time);
        using var timer = new PeriodicTimer(Tick);
        var started = Stopwatch.GetTimestamp();
        var due = 0L;
        List<Task> posts = [];
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            await timer.WaitForNextTickAsync();
            for (var until = Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond; due < until; due++)
            {
                if (_idle.TryTake(out var connection))
                    posts.Add(PostAsync(connection, result));
                else
                    result.FoundNoConnection();
            }

            posts.RemoveAll(static post => post.IsCompleted);
        }

        await Task.WhenAll(posts);
        return result;
    }

    public void Dispose() => _all.ForEach(static connection => connection.Dispose());

    private async Task PostAsync(LoadConnection connection, OpenResult result)
    {
        var number = Interlocked.Increment(ref _next);
        var sent = Stopwatch.GetTimestamp();
        var status = await connection.PostAsync(guestOf(number), _run, number);
        result.Answered(status, Stopwatch.GetElapsedTime(sent));
        _idle.Add(connection);
    }
}
