namespace GuestSessions.Core.Journal;

/// <summary>Where in a guest's history some of its events are.</summary>
/// <param name="Oldest">
/// The event accepted last as of the oldest commit there is: older ones have no commits any more, but for those in that
/// commit. 0 where it is not known, null when there are no commits.
/// </param>
/// <param name="Spans">In order, apart from each other: every commit about these events is in one of them.</param>
public sealed record HistoryTrace(long? Oldest, IReadOnlyList<VersionSpan> Spans);

/// <summary>Commits after one version, up to and with another.</summary>
public readonly record struct VersionSpan(long After, long Through)
{
    /// <summary>Commits that are read rather than left out between two spans: fewer reads cost more than they save.</summary>
    private const int Gap = 20;

    /// <summary>The same commits, and a few more, in fewer spans.</summary>
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
