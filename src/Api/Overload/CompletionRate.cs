namespace GuestSessions.Api.Overload;

/// <summary>
/// Completed requests per second. It is the highest of the latest two seconds, so that a pause shorter than them, in which
/// nothing completes, says nothing about what can be done.
/// </summary>
internal sealed class CompletionRate
{
    private readonly double[] _latest = new double[10];
    private int _next;

    public double Highest
    {
        get
        {
            var highest = 0.0;
            foreach (var rate in _latest)
                highest = Math.Max(highest, rate);
            return highest;
        }
    }

    public void Add(int completed, TimeSpan elapsed)
    {
        _latest[_next] = completed / elapsed.TotalSeconds;
        _next = (_next + 1) % _latest.Length;
    }
}
