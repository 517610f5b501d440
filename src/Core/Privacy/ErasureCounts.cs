namespace GuestSessions.Core.Privacy;

/// <summary>How many rows of each kind an erasure deleted or blanked.</summary>
public sealed record ErasureCounts
{
    public static ErasureCounts None { get; } = new();

    /// <summary>Commits of the journal, with the events in them.</summary>
    public long Commits { get; init; }

    public long Snapshots { get; init; }

    /// <summary>Entries of the search index.</summary>
    public long Terms { get; init; }

    /// <summary>Browser ids whose owner's name was blanked.</summary>
    public long Browsers { get; init; }

    /// <summary>Quarantined and in-doubt events in the lists.</summary>
    public long SetAside { get; init; }

    /// <summary>Acts in the audit whose reason and event id were blanked. The acts themselves stay.</summary>
    public long Acts { get; init; }

    public long Rejections { get; init; }

    /// <summary>Items of operations whose guest id and event id were blanked.</summary>
    public long Items { get; init; }

    /// <summary>Operations whose reason was blanked, or whose file was deleted.</summary>
    public long Operations { get; init; }

    public static ErasureCounts operator +(ErasureCounts left, ErasureCounts right) => new()
    {
        Commits = left.Commits + right.Commits,
        Snapshots = left.Snapshots + right.Snapshots,
        Terms = left.Terms + right.Terms,
        Browsers = left.Browsers + right.Browsers,
        SetAside = left.SetAside + right.SetAside,
        Acts = left.Acts + right.Acts,
        Rejections = left.Rejections + right.Rejections,
        Items = left.Items + right.Items,
        Operations = left.Operations + right.Operations,
    };
}
