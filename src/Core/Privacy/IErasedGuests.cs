using GuestSessions.Core.Operations;

namespace GuestSessions.Core.Privacy;

/// <summary>The guests as an erasure sees them.</summary>
public interface IErasedGuests
{
    /// <summary>Returns the browsers that are linked to a guest, by guest id; null when it was never seen or is erased.</summary>
    Task<IReadOnlyList<string>?> ReadLinesAsync(string guest);

    /// <summary>Erases a guest or one of its browsers: the tombstone is durable when the task completes.</summary>
    /// <param name="guest">The guest id.</param>
    /// <param name="of">The guest that is erased: this one, or the one that this browser is linked to.</param>
    /// <param name="lines">How many browsers are known to be linked to it.</param>
    Task<ErasedStep> EraseAsync(string guest, string of, int lines, OperationRecord record);

    /// <summary>Deletes the rows of erased guests.</summary>
    Task<ErasureCounts> ClearAsync(IReadOnlyList<string> guests);

    /// <summary>Blanks operations that were about erased guests, and deletes their files.</summary>
    /// <returns>How many operations there were.</returns>
    Task<int> ForgetOperationsAsync(IReadOnlyList<string> guests);

    /// <summary>Makes the store give up deleted rows.</summary>
    Task<StorageRemains> CompactAsync();

    /// <summary>The keyed hash that logs show of a guest.</summary>
    string HashOf(string guest);
}

/// <summary>How the erasure of one guest ended.</summary>
/// <param name="Standing">What it had; null if it is not erased by this operation.</param>
/// <param name="HasChanged">Another browser was linked in the meantime. Nothing was done.</param>
public readonly record struct ErasedStep(ErasedStanding? Standing, bool HasChanged = false);
