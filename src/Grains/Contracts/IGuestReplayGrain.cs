using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>Delivers what had been delivered again. The grain key is that of <see cref="IGuestSessionGrain"/>.</summary>
[Alias("guest-replay"), Version(1)]
public interface IGuestReplayGrain : IGrainWithStringKey
{
    /// <summary>Begins a replay, once for each operation.</summary>
    /// <returns>The last sequence it covers; null when the guest was never seen.</returns>
    /// <exception cref="SessionUnavailableException">Nothing may be taken as done; the same call can be repeated.</exception>
    [Alias("begin")]
    Task<long?> BeginAsync(string operation, ReplayRange range, ActMessage act);

    /// <summary>Puts some of the events into the line, as far as there is room for them.</summary>
    /// <param name="from">The sequence to go on from.</param>
    /// <exception cref="SessionUnavailableException">The same call can be repeated; no event is replayed twice by it.</exception>
    [Alias("step")]
    Task<ReplayStep> StepAsync(string operation, ReplayRange range, long from);

    /// <summary>Whether the range holds an order, which a replay makes a second time upstream.</summary>
    [Alias("has-orders")]
    Task<bool> HasOrdersAsync(ReplayRange range);

    /// <summary>What would be sent, in its order; null when the guest was never seen. Changes nothing.</summary>
    /// <param name="limit">Events looked at.</param>
    [Alias("preview")]
    Task<ReplayPreview?> PreviewAsync(ReplayRange range, int limit);
}
