namespace GuestSessions.Core.Privacy;

/// <summary>
/// How far an erasure has come. Guest ids are in it only while they are needed; the last step but one removes them.
/// </summary>
public sealed record ErasureProgress
{
    /// <summary>Guests that are still to be erased; null if there are none.</summary>
    public IReadOnlyList<ErasureTarget>? Waiting { get; init; }

    /// <summary>Guests whose erasure may have begun, with their browsers; null between two steps.</summary>
    public IReadOnlyList<ErasureTarget>? Begun { get; init; }

    /// <summary>The names under which rows of erased guests are searched a second time; null when that is done.</summary>
    public IReadOnlyList<string>? Named { get; init; }

    /// <summary>When the second search begins; null before the last guest is erased.</summary>
    public DateTimeOffset? SweepAt { get; init; }

    /// <summary>The second search has ended.</summary>
    public bool IsSwept { get; init; }

    public ErasureCertificate Certificate { get; init; } = ErasureCertificate.Empty;
}

/// <summary>A guest to erase.</summary>
/// <param name="Guest">The guest id.</param>
/// <param name="Place">Its place in the request, from 1.</param>
/// <param name="Lines">The browsers that are linked to it, by guest id; null until they were read, or if there are none.</param>
public sealed record ErasureTarget(string Guest, long Place, IReadOnlyList<string>? Lines = null);
