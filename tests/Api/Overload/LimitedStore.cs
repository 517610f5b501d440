using GuestSessions.Api.Overload;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Api.Tests.Overload;

/// <summary>
/// A store that completes so many requests per second, in order, behind a limit. One step is a millisecond; every tenth
/// reports the wait for a thread, as the probe does.
/// </summary>
internal sealed class LimitedStore(AdmissionLimit limit, FakeTimeProvider time, double perSecond)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly Queue<(long Entered, Action Answered)> _waiting = new();
    private double _due;
    private int _steps;

    public double PerSecond { get; set; } = perSecond;

    public List<TimeSpan> Acknowledged { get; } = [];

    public bool Post(double part, Action answered)
    {
        if (!limit.TryEnter(part))
            return false;
        _waiting.Enqueue((time.GetTimestamp(), answered));
        return true;
    }

    /// <param name="each">Runs in every step, with its number.</param>
    public void Run(TimeSpan duration, Action<int> each)
    {
        for (var end = _steps + (int)duration.TotalMilliseconds; _steps < end; _steps++)
        {
            each(_steps);
            time.Advance(Step);
            Complete();
            if (_steps % 10 == 0)
                limit.Waited(TimeSpan.Zero);
        }
    }

    private void Complete()
    {
        for (_due = Math.Min(_due, _waiting.Count) + (PerSecond / 1_000); _due >= 1; _due--)
        {
            if (!_waiting.TryDequeue(out var request))
                return;
            var took = time.GetElapsedTime(request.Entered);
            Acknowledged.Add(took);
            limit.Leave(took);
            request.Answered();
        }
    }
}
