using GuestSessions.Core.Sessions;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts.Silos;

/// <summary>
/// What the guests that own a browser one after the other say to each other. Same grains as <see cref="IGuestGrain"/>; not
/// for callers outside the silos. Every call can be repeated.
/// </summary>
[Alias("guest-linking"), Version(1)]
public interface IGuestLinkingGrain : IGrainWithStringKey
{
    /// <summary>
    /// Take no more events of a browser; answered when that is durable, with what the next owner has to know of its sessions.
    /// </summary>
    [Alias("release-browser")]
    Task<ReleaseOutcome> ReleaseBrowserAsync(ReleaseMessage message);

    /// <summary>What the guest knows of a browser's sessions.</summary>
    [Alias("read-browser")]
    Task<IReadOnlyList<UpstreamSession>> ReadBrowserAsync(string browserId);

    /// <summary>Whether everything the guest took of a browser is settled.</summary>
    [Alias("has-drained")]
    Task<bool> HasDrainedAsync(DrainQuery query);

    /// <summary>An owner before has drained: the answer to <see cref="HasDrainedAsync"/>, before it is asked again.</summary>
    [Alias("report-drained")]
    Task ReportDrainedAsync(DrainQuery query);
}

/// <param name="Guest">The guest id of the line that is asked.</param>
/// <param name="Generation">The ownership to give up.</param>
/// <param name="From">Key of the last owner before it that was another; null when there was none.</param>
/// <param name="By">Key of the guest that is about to own the browser.</param>
/// <param name="To">Its guest id.</param>
[GenerateSerializer, Immutable, Alias("release-browser-message")]
public sealed record ReleaseMessage(
    [property: Id(0)] string Guest,
    [property: Id(1)] string BrowserId,
    [property: Id(2)] long Generation,
    [property: Id(3)] string? From,
    [property: Id(4)] string By,
    [property: Id(5)] string To);

/// <param name="Generation">The last ownership that has to be over.</param>
/// <param name="By">Key of the guest that waits for it: its own ownership is the next one.</param>
[GenerateSerializer, Immutable, Alias("drain-query")]
public sealed record DrainQuery(
    [property: Id(0)] string BrowserId,
    [property: Id(1)] long Generation,
    [property: Id(2)] string By);
