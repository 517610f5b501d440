using System.Globalization;
using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Load;

/// <summary>
/// Many app servers at once: single events and small batches, one hot guest, ids sent again on purpose, ids
/// used for another event, events that are wrong, and reads between them. What has no answer is sent again
/// until it has one.
/// </summary>
/// <param name="client">What it calls by.</param>
/// <param name="guests">How many; the first is the hot one.</param>
/// <param name="seed">Of all that is left to chance.</param>
/// <param name="think">How long a worker waits between calls.</param>
/// <param name="batch">Events of one call, at most; the hot guest has enough calls.</param>
internal sealed class Workload(
    SessionsClient client, int guests, int seed, TimeSpan think = default, int batch = Workload.SmallBatch)
{
    private const int SmallBatch = 8;

    /// <summary>
    /// Events that a worker may send again: its latest. The hot guest's older ids leave the window of deduplication in a
    /// long run, and then they are new events, as promised.
    /// </summary>
    private const int Remembered = 400;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private long _lastId;
    private long _acknowledged;
    private long _longest;

    /// <summary>Different events that were accepted so far.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>The longest that a call took with all its retries.</summary>
    public TimeSpan Longest => new(Interlocked.Read(ref _longest));

    public IReadOnlyList<string> Guests { get; } =
        [.. Enumerable.Range(0, guests).Select(static guest => $"guest-{guest}")];

    /// <summary>Runs until it is told to end, and then until every outcome is known.</summary>
    public Task RunAsync(int workers, CancellationToken end) => Task.WhenAll(Enumerable
        .Range(1, workers)
        .Select(worker => Task.Run(() => WorkAsync(new Random(seed + worker), end))));

    private async Task WorkAsync(Random random, CancellationToken end)
    {
        List<SentEvent> sent = [];
        while (!end.IsCancellationRequested)
        {
            // A tenth of all goes to one guest.
            var isHot = random.Next(10) == 0;
            var guest = Guests[isHot ? 0 : random.Next(Guests.Count)];
            var chance = random.Next(100);
            if (chance < 5 && sent.Count > 0)
                await UntilKnownAsync(sent[random.Next(sent.Count)]);
            else if (chance < 8 && sent.Count > 0)
                await UntilKnownAsync(sent[random.Next(sent.Count)] with { Variant = "/other" });
            else if (chance < 11)
                await UntilKnownAsync(NewEvent(guest, random) with { Pos = SentEvent.UnknownPointOfSale });
            else if (chance < 16)
                await client.SightAsync(guest);
            else
                Remember(sent, await PostNewAsync(guest, chance < 40 ? random.Next(2, (isHot ? SmallBatch : batch) + 1) : 1, random));
            if (think > TimeSpan.Zero)
                await Eventually.ElapseAsync(think);
        }
    }

    private static void Remember(List<SentEvent> sent, IReadOnlyList<SentEvent> latest)
    {
        sent.AddRange(latest);
        sent.RemoveRange(0, Math.Max(0, sent.Count - Remembered));
    }

    private async Task<IReadOnlyList<SentEvent>> PostNewAsync(string guest, int count, Random random)
    {
        SentEvent[] events = [.. Enumerable.Range(0, count).Select(_ => NewEvent(guest, random))];
        await UntilKnownAsync(events);
        Interlocked.Add(ref _acknowledged, count);
        return events;
    }

    private SentEvent NewEvent(string guest, Random random)
    {
        var id = Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
        return random.Next(50) == 0 ? SentEvent.Order(guest, id) : new SentEvent(guest, id);
    }

    private async Task UntilKnownAsync(params IReadOnlyList<SentEvent> events)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Pause);
        while ((await client.RecordAsync(events)).Any(
            static recording => recording.EventStatus is EventStatus.Unknown or EventStatus.Retry))
            await timer.WaitForNextTickAsync();
        Note(TimeProvider.System.GetElapsedTime(began).Ticks);
    }

    private void Note(long taken)
    {
        var longest = Interlocked.Read(ref _longest);
        while (taken > longest)
        {
            var seen = Interlocked.CompareExchange(ref _longest, taken, longest);
            if (seen == longest)
                break;
            longest = seen;
        }
    }
}
