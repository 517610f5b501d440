using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Live;

namespace GuestSessions.Grains;

public sealed partial class GuestSessionGrain : IGuestLiveGrain
{
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(5);

    private CommitBell _bell = null!;

    public async Task<LivePage?> WatchAsync(long? after, TimeSpan patience) =>
        await new LiveReader(_key, journal, _door, _receipts, _bell)
            .WatchAsync(after, patience < LongestPatience ? patience : LongestPatience) is { } page
                ? page with { Lines = [.. _door.State.Lines] }
                : null;
}
