using GuestSessions.Storage.Batches;

namespace GuestSessions.Storage.Owners;

/// <summary>
/// Writes claims in batches, so that a wave of new browsers costs few transactions. It is separate from the group commit,
/// because a claim fences no commit and waits for none.
/// </summary>
internal sealed class OwnerWriter(IOwnerRows store) : BatchWriter<OwnerClaim, OwnerRow>("claims", Limits)
{
    private static readonly BatchLimits Limits =
        new(BatchRows: 512, BatchBytes: long.MaxValue, WaitingRows: 50_000, WaitingBytes: long.MaxValue);

    // All claims are small and of similar size, so their number is a sufficient bound.
    protected override int SizeOf(OwnerClaim row) => 0;

    protected override int Compare(OwnerClaim one, OwnerClaim other) => one.Browser.CompareTo(other.Browser);

    protected override Task<IReadOnlyList<OwnerRow>> WriteBatchAsync(IReadOnlyList<OwnerClaim> batch) =>
        store.ClaimAsync(batch);
}
