using System.Collections.Concurrent;
using System.Threading.Channels;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

public sealed partial class FakeGuest
{
    private readonly Channel<LivePage> _live = Channel.CreateUnbounded<LivePage>();

    /// <summary>Where a stream that begins now begins; null is a guest never seen.</summary>
    public LivePage? LiveNow { get; set; }

    /// <summary>Answers every watch while it is set.</summary>
    public Func<long, LivePage>? LiveAlways { get; set; }

    /// <summary>The places that were asked after, in order.</summary>
    public ConcurrentQueue<long?> AskedLive { get; } = new();

    /// <summary>The next page a watcher gets.</summary>
    public void Happen(LivePage page) => _live.Writer.TryWrite(page);

    public async Task<LivePage?> WatchAsync(long? after, TimeSpan patience)
    {
        Check();
        AskedLive.Enqueue(after);
        if (patience == TimeSpan.Zero)
            return LiveNow;
        return LiveAlways is { } always ? always(after!.Value) : await _live.Reader.ReadAsync();
    }
}
