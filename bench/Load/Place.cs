using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace GuestSessions.Bench.Load;

/// <summary>
/// Whose event it is and which, written by the load into each event and read by the sink: a guest's numbers have to grow, and none may
/// come twice.
/// </summary>
internal sealed class Place
{
    private readonly ConcurrentDictionary<string, long> _last = new(StringComparer.Ordinal);
    private long _seen, _misplaced;

    /// <summary>Events that said whose they were and which.</summary>
    public long Seen => Interlocked.Read(ref _seen);

    /// <summary>Events that came twice, or after one that the load had posted later.</summary>
    public long Misplaced => Interlocked.Read(ref _misplaced);

    private static ReadOnlySpan<byte> Guest => "\"guest\":\""u8;

    private static ReadOnlySpan<byte> Number => "\",\"number\":"u8;

    /// <summary>Members of the event's <c>ext</c>, the last ones. Each run counts from its own start.</summary>
    public static string Of(string run, string guest, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"\"guest\":\"{run}/{guest}\",\"number\":{number}");

    /// <summary>Checks the place of an event as it was sent. Only events of the loads that write one have it.</summary>
    public void Check(ReadOnlySpan<byte> sent)
    {
        var at = sent.LastIndexOf(Guest);
        if (at < 0)
            return;
        var guest = sent[(at + Guest.Length)..];
        var end = guest.IndexOf(Number);
        if (end < 0 || !Utf8Parser.TryParse(guest[(end + Number.Length)..], out long number, out _))
            throw new FormatException("The sink cannot read whose event it is, and which.");

        Interlocked.Increment(ref _seen);
        var name = Encoding.UTF8.GetString(guest[..end]);
        // The contender sends one event of a guest at a time; should it send two, one of them sees the other's number.
        var isInPlace = false;
        _last.AddOrUpdate(
            name,
            _ =>
            {
                isInPlace = true;
                return number;
            },
            (_, last) =>
            {
                isInPlace = number > last;
                return Math.Max(number, last);
            });
        if (!isInPlace)
            Interlocked.Increment(ref _misplaced);
    }
}
