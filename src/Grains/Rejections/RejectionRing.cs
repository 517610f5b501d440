using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Rejections;

/// <summary>The latest rejections, numbered in the order in which they came.</summary>
/// <param name="start">
/// The first number: higher than any that an earlier ring of the tenant gave out, so that a page asked of a new
/// one never skips.
/// </param>
public sealed class RejectionRing(long start)
{
    /// <summary>How many are kept.</summary>
    public const int Capacity = 10_000;

    /// <summary>How long they are shown.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromDays(7);

    private readonly Queue<RejectionMessage> _rejections = new();
    private long _oldest = start;

    public void Add(RejectionMessage rejection)
    {
        _rejections.Enqueue(rejection);
        while (_rejections.Count > Capacity || rejection.At - _rejections.Peek().At > Age)
        {
            _rejections.Dequeue();
            _oldest++;
        }
    }

    /// <summary>Newest first, those with a number below <paramref name="before"/>.</summary>
    public RejectionPage Read(long? before, int limit, DateTimeOffset now)
    {
        var end = Math.Clamp((before ?? long.MaxValue) - _oldest, 0, _rejections.Count);
        var begin = Math.Max(0, end - limit);
        var page = _rejections.Skip((int)begin).Take((int)(end - begin))
            .Where(rejection => now - rejection.At <= Age).Reverse().ToList();
        return new RejectionPage(page, begin > 0 && page.Count == end - begin ? _oldest + begin : null);
    }
}
