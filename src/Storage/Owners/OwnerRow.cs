namespace GuestSessions.Storage.Owners;

/// <summary>The owner of a browser id as a store keeps it: hashes without their tenant, which the caller knows.</summary>
/// <param name="Name">The owner's guest id.</param>
/// <param name="Generation">1 for the first owner.</param>
/// <param name="Previous">The hash of the last owner that was another guest; null when there was none.</param>
public sealed record OwnerRow(UInt128 Guest, string Name, long Generation, UInt128? Previous)
{
    /// <summary>Whether the claim that this answers made the row.</summary>
    public bool IsNew { get; init; }
}
