using GuestSessions.Core.Guests;

namespace GuestSessions.Storage.Snapshots;

/// <summary>A snapshot of one guest, which is stored if it is newer than the stored one.</summary>
public sealed record SnapshotRow(GuestKey Guest, StoredSnapshot Snapshot);
