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

    public long Covered => Snapshot?.Version ?? 0;

    public IEnumerable<StoredRow> After(long version) =>
        Rows.Where(row => row.Key > version).Select(row => row.Value.Row);

    public IEnumerable<long> Expired(DateTimeOffset before) =>
        Rows.Where(row => row.Key <= Covered && row.Value.Row.At < before).Select(row => row.Key);
}
