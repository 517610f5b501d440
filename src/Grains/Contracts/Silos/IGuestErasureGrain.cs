using GuestSessions.Core.Privacy;
using GuestSessions.Core.Sessions;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts.Silos;

/// <summary>
/// The calls of an erasure to a guest. Implemented by the same grains as <see cref="IGuestGrain"/>. Not for callers outside
/// the silos. Every call is safe to retry.
/// </summary>
[Alias("guest-erasure"), Version(1)]
public interface IGuestErasureGrain : IGrainWithStringKey
{
    /// <summary>Returns the browsers that are linked to the guest, by guest id; null when it was never seen or is erased.</summary>
    [Alias("read-lines")]
    Task<IReadOnlyList<string>?> ReadLinesAsync();

    /// <summary>
    /// Stops delivery and writes the tombstone, which is durable when it returns. The activation ends. Its memory is gone,
    /// and the next one accepts nothing.
    /// </summary>
    [Alias("erase")]
    Task<ErasedStep> EraseAsync(EraseMessage message);
}

/// <param name="Guest">The guest id of the called guest.</param>
/// <param name="Of">Key of the guest that is erased: the called one, or the one that this browser is linked to.</param>
/// <param name="Lines">How many browsers are known to be linked to it.</param>
/// <param name="Operation">The id of the operation.</param>
/// <param name="FileUntil">Until when the file for the upstream can be taken.</param>
[GenerateSerializer, Immutable, Alias("erase-message")]
public sealed record EraseMessage(
    [property: Id(0)] string Guest,
    [property: Id(1)] string Of,
    [property: Id(2)] int Lines,
    [property: Id(3)] string Operation,
    [property: Id(4)] PersonAct Act,
    [property: Id(5)] DateTimeOffset FileUntil);
