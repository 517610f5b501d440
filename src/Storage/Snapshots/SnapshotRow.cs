using GuestSessions.Core.Guests;

namespace GuestSessions.Storage.Snapshots;

/// <summary>The snapshot of one guest, to be stored if it is newer than the guest's last.</summary>
public sealed record SnapshotRow(GuestKey Guest, StoredSnapshot Snapshot);
