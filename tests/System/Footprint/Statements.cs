using System.Collections.Concurrent;
using System.Diagnostics;

namespace GuestSessions.SystemTests.Footprint;

/// <summary>Counts the statements that this process sends to PostgreSQL, by their text.</summary>
internal sealed class Statements : IDisposable
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly ActivityListener _listener;

    public Statements()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Npgsql",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => _counts.AddOrUpdate(TextOf(activity), 1, static (_, times) => times + 1),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyDictionary<string, int> Counts => _counts;

    public int Of(string part) => _counts
        .Where(count => count.Key.Contains(part, StringComparison.Ordinal)).Sum(static count => count.Value);

    public void Dispose() => _listener.Dispose();

    private static string TextOf(Activity activity) =>
        activity.GetTagItem("db.query.text") as string ?? activity.GetTagItem("db.statement") as string ?? activity.DisplayName;
}
