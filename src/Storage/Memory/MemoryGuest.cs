using GuestSessions.Core.Journal;
using GuestSessions.Core.Lists;

namespace GuestSessions.Storage.Memory;

/// <summary>Head, snapshot and rows of one guest.</summary>
internal sealed class MemoryGuest
{
    public string Name { get; set; } = "";
    public long Version { get; set; }
    public bool Pending { get; set; }
    public ListChanges Lists { get; set; } = ListChanges.None;
    public (long Commit, DateTimeOffset At, StoredKept Commits) Kept { get; set; } = (0, default, StoredKept.None);
    public StoredSnapshot? Snapshot { get; set; }
    public SortedDictionary<long, (long Commit, StoredRow Row)> Rows { get; } = [];
    public SortedDictionary<long, CommitPosition> Positions { get; } = [];
    public SortedSet<(long Sequence, long Version)> LateChanges { get; } = [];

    public long Floor { get; set; }
    public bool IsErased { get; set; }

    public long Covered => Math.Max(Snapshot?.Version ?? 0, Floor);

    public IEnumerable<StoredRow> After(long version) =>
        Rows.Where(row => row.Key > version).Select(row => row.Value.Row);

    public StoredTrace Trace(long first, long last) => new(
        Rows.Count == 0 ? null : Positions.GetValueOrDefault(Rows.First().Key).Accepted,
        Span(position => position.Accepted < first, position => position.Accepted >= last),
        Span(position => position.Reached < first, position => position.LeftLine >= last),
        [.. LateChanges.Where(change => change.Sequence >= first && change.Sequence <= last)
            .Select(static change => change.Version).Distinct().Order()]);

    public void Delete(long version)
    {
        Rows.Remove(version);
        Positions.Remove(version);
        LateChanges.RemoveWhere(change => change.Version == version);
    }

    public IEnumerable<long> Expired(DateTimeOffset before) =>
        Rows.Where(row => row.Key <= Covered && row.Value.Row.At < before).Select(row => row.Key);

    private VersionSpan Span(Func<CommitPosition, bool> isBefore, Func<CommitPosition, bool> isEnd)
    {
        var positions = Positions.Where(static position => position.Value.Accepted > 0).ToList();
        return new VersionSpan(
            positions.LastOrDefault(position => isBefore(position.Value)).Key,
            positions.FirstOrDefault(position => isEnd(position.Value), new(Version, default)).Key);
    }
}
