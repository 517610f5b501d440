namespace GuestSessions.Core.Journal;

/// <summary>The parts of a guest's history that concern some of its events.</summary>
/// <param name="Oldest">
/// The event accepted last as of the oldest commit that still exists. Older events have no commits any more, except
/// in that commit. 0 if unknown, null if there are no commits.
/// </param>
/// <param name="Spans">In order, without overlap. Every commit about these events is in one of them.</param>
public sealed record HistoryTrace(long? Oldest, IReadOnlyList<VersionSpan> Spans);

/// <summary>The commits after one version, up to and including another.</summary>
public readonly record struct VersionSpan(long After, long Through)
{
    /// <summary>Largest gap between spans that are joined: reading these commits costs less than another read.</summary>
    private const int Gap = 20;

    /// <summary>Joins close spans: the same commits, and a few more, in fewer spans.</summary>
    public static IReadOnlyList<VersionSpan> Join(IEnumerable<VersionSpan> spans)
    {
        List<VersionSpan> joined = [];
        foreach (var span in spans.Where(static span => span.Through > span.After).OrderBy(static span => span.After))
        {
            if (joined.Count > 0 && span.After <= joined[^1].Through + Gap)
                joined[^1] = joined[^1] with { Through = Math.Max(joined[^1].Through, span.Through) };
            else
                joined.Add(span);
        }

        return joined;
    }
}
