using GuestSessions.Core.Sessions;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts.Silos;

/// <summary>
/// The calls between the guests that own a browser one after the other. Implemented by the same grains as
/// <see cref="IGuestGrain"/>. Not for callers outside the silos. Every call is safe to retry.
/// </summary>
[Alias("guest-linking"), Version(1)]
public interface IGuestLinkingGrain : IGrainWithStringKey
{
    /// <summary>
    /// Stops accepting events of a browser. Answers when that is durable, with the browser's sessions for the next owner.
    /// </summary>
    [Alias("release-browser")]
    Task<ReleaseOutcome> ReleaseBrowserAsync(ReleaseMessage message);

    /// <summary>Returns the browser's sessions that the guest knows.</summary>
    [Alias("read-browser")]
    Task<IReadOnlyList<UpstreamSession>> ReadBrowserAsync(string browserId);

    /// <summary>Whether no event that the guest accepted from the browser is undelivered.</summary>
    [Alias("has-drained")]
    Task<bool> HasDrainedAsync(DrainQuery query);

    /// <summary>
    /// Reports that a previous owner has drained. This answers <see cref="HasDrainedAsync"/> before the next call of it.
    /// </summary>
    [Alias("report-drained")]
    Task ReportDrainedAsync(DrainQuery query);
}

/// <param name="Guest">The guest id of the called guest.</param>
/// <param name="Generation">The ownership to give up.</param>
/// <param name="From">Key of the last different owner before that ownership; null when there was none.</param>
/// <param name="By">Key of the guest that is about to own the browser.</param>
/// <param name="To">The guest id of the guest that is about to own the browser.</param>
[GenerateSerializer, Immutable, Alias("release-browser-message")]
public sealed record ReleaseMessage(
    [property: Id(0)] string Guest,
    [property: Id(1)] string BrowserId,
    [property: Id(2)] long Generation,
    [property: Id(3)] string? From,
    [property: Id(4)] string By,
    [property: Id(5)] string To);

/// <param name="Generation">The last ownership that must have ended.</param>
/// <param name="By">Key of the guest that waits. Its own ownership is the next one.</param>
[GenerateSerializer, Immutable, Alias("drain-query")]
public sealed record DrainQuery(
    [property: Id(0)] string BrowserId,
    [property: Id(1)] long Generation,
    [property: Id(2)] string By);
