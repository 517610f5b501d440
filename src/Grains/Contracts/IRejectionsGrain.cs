using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// What was refused of a tenant lately, whichever host of the API refused it; the key is the tenant's name. It lives in
/// memory: callers were told already, and a list that forgets with its silo costs no event.
/// </summary>
[Alias("rejections"), Version(1)]
public interface IRejectionsGrain : IGrainWithStringKey
{
    /// <summary>Adds rejections in their order.</summary>
    [Alias("add")]
    Task AddAsync(IReadOnlyList<RejectionMessage> rejections);

    /// <summary>Newest first.</summary>
    /// <param name="before">Only those with a lower number; null starts at the newest.</param>
    /// <param name="limit">1 to 500.</param>
    [Alias("read")]
    Task<RejectionPage> ReadAsync(long? before, int limit);
}

/// <summary>One event that was refused: when, and by which rules. It holds no value of it.</summary>
/// <param name="EventId">The caller's id, where it had a valid one.</param>
/// <param name="Type">The event's type, where it is one of the upstream's own.</param>
[GenerateSerializer, Immutable, Alias("rejection-message")]
public sealed record RejectionMessage(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] string Code,
    [property: Id(2)] string? EventId,
    [property: Id(3)] string? Type,
    [property: Id(4)] IReadOnlyList<RejectedPath> Errors);

[GenerateSerializer, Immutable, Alias("rejected-path")]
public sealed record RejectedPath([property: Id(0)] string Path, [property: Id(1)] string Code);

/// <param name="Next">The <c>before</c> of the following page; null when this is the last.</param>
[GenerateSerializer, Immutable, Alias("rejection-page")]
public sealed record RejectionPage(
    [property: Id(0)] IReadOnlyList<RejectionMessage> Rejections,
    [property: Id(1)] long? Next);
