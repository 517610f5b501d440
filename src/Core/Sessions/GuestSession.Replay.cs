namespace GuestSessions.Core.Sessions;

public sealed partial class GuestSession
{
    /// <summary>Maximum number of replays remembered per guest.</summary>
    public const int MostReplays = 8;

    private List<ReplayProgress>? _replays;

    /// <summary>The guest's latest replays and how far each has come, oldest first.</summary>
    public IReadOnlyList<ReplayProgress> Replays => _replays ?? [];

    public ReplayProgress? FindReplay(string operation) => _replays?.Find(known => known.Operation == operation);

    private void Apply(ReplayBegun begun)
    {
        _replays ??= [];
        _replays.Add(new ReplayProgress(begun.Operation, begun.First - 1, 0, begun.Last));
        if (_replays.Count > MostReplays)
            _replays.RemoveAt(0);
    }

    private void Advance(ReplaySource source)
    {
        if (_replays?.FindIndex(known => known.Operation == source.Operation) is >= 0 and var index)
            _replays[index] = _replays[index] with { Through = source.Of, Count = _replays[index].Count + 1 };
    }
}

/// <param name="Through">The last event that the operation has put into the line again.</param>
/// <param name="Count">How many it has put there.</param>
/// <param name="Last">The last event it covers; null in snapshots that were written before it was kept.</param>
public sealed record ReplayProgress(string Operation, long Through, long Count, long? Last = null);
