namespace GuestSessions.Grains.Guests;

/// <summary>
/// Takes snapshots between commits, when memory and journal agree. A lost snapshot only makes the next replay longer.
/// </summary>
internal sealed partial class SessionCommitter
{
    /// <summary>The version up to which a snapshot was accepted.</summary>
    private long _snapshotVersion = state.SnapshotVersion;

    /// <summary>The version at which a snapshot was last offered, whether or not it was accepted.</summary>
    private long _offeredVersion = state.SnapshotVersion;

    /// <summary>Saves a snapshot when there is something new to save.</summary>
    public async Task SaveSnapshotAsync(CancellationToken cancellation)
    {
        if (_brokenBy is not null)
            return;
        var snapshot = await ReadAsync(state => state.Version == _snapshotVersion || state.Guest is null ? null : state.ToSnapshot());
        if (snapshot is null)
            return;
        await ports.Journal.SaveSnapshotAsync(key, snapshot, cancellation);
        _snapshotVersion = Math.Max(_snapshotVersion, snapshot.Version);
    }

    /// <summary>
    /// Offers a snapshot when the guest leaves memory, if reading it is faster than replaying the commits.
    /// </summary>
    public void LeaveSnapshot()
    {
        if (IsAtRest(state => state.Version - _snapshotVersion >= state.Limits.CommitsPerIdleSnapshot))
            OfferSnapshot();
    }

    private void SnapshotIfDue()
    {
        // A declined snapshot is offered again only after as many commits, because it costs time while the store is slow.
        if (_state.Version - Math.Max(_offeredVersion, _snapshotVersion) >= _state.Limits.CommitsPerSnapshot)
            OfferSnapshot();
    }

    private void OfferSnapshot()
    {
        // An erased guest has a version and no state.
        if (_state.Guest is null)
            return;
        _offeredVersion = _state.Version;
        if (ports.Journal.OfferSnapshot(key, _state.ToSnapshot()))
            _snapshotVersion = _state.Version;
    }
}
