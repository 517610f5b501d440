using GuestSessions.Core.Journal;
using GuestSessions.Core.Listing;

namespace GuestSessions.Storage.Memory;

/// <summary>Head, snapshot and rows of one guest.</summary>
internal sealed class MemoryGuest
{
    public string Name { get; set; } = "";
    public long Version { get; set; }
    public bool Pending { get; set; }
    public GuestListing Listing { get; set; } = GuestListing.None;
    public StoredSnapshot? Snapshot { get; set; }
    public SortedDictionary<long, (long Commit, StoredRow Row)> Rows { get; } = [];
    public SortedDictionary<long, CommitPosition> Marks { get; } = [];
    public SortedSet<(long Sequence, long Version)> LateChanges { get; } = [];

    public long Covered => Snapshot?.Version ?? 0;

    public IEnumerable<StoredRow> After(long version) =>
        Rows.Where(row => row.Key > version).Select(row => row.Value.Row);

    public StoredTrace Trace(long first, long last) => new(
        Rows.Count == 0 ? null : Marks.GetValueOrDefault(Rows.First().Key).Accepted,
        Span(mark => mark.Accepted < first, mark => mark.Accepted >= last),
        Span(mark => mark.Reached < first, mark => mark.Settled >= last),
        [.. LateChanges.Where(revisit => revisit.Sequence >= first && revisit.Sequence <= last)
            .Select(static revisit => revisit.Version).Distinct().Order()]);

    public void Delete(long version)
    {
        Rows.Remove(version);
        Marks.Remove(version);
        LateChanges.RemoveWhere(revisit => revisit.Version == version);
    }

    private VersionSpan Span(Func<CommitPosition, bool> isBefore, Func<CommitPosition, bool> isEnd)
    {
        var marks = Marks.Where(static mark => mark.Value.Accepted > 0).ToList();
        return new VersionSpan(
            marks.LastOrDefault(mark => isBefore(mark.Value)).Key,
            marks.FirstOrDefault(mark => isEnd(mark.Value), new(Version, default)).Key);
    }

    public IEnumerable<long> Expired(DateTimeOffset before) =>
        Rows.Where(row => row.Key <= Covered && row.Value.Row.At < before).Select(row => row.Key);
}
