using System.Net;
using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>A guest that gets far more than can be delivered, in the real process.</summary>
public sealed class HotGuestTests
{
    private const int Bound = 10_000;
    private const int Batch = 500;
    private const int Others = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_hot_guest_meets_its_own_bound_and_nobody_else_feels_it()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        await client.RecordAsync(new SentEvent("hot", "e0"));
        await Eventually.TrueAsync(
            async () => (await client.ReadGuestAsync("hot"))!.Value.GetProperty("line").GetProperty("depth").GetInt32() == 0,
            Patience, "the line is empty");
        await client.ActAsync("/v1/guests/hot/pause", """{"reason":"far too many"}""");

        List<Recording> hot = [];
        for (var first = 1; first <= Bound + Batch; first += Batch)
            hot.AddRange(await client.RecordAsync([.. Numbers(first, Batch).Select(number => new SentEvent("hot", $"e{number}"))]));

        Assert.Equal(Bound, hot.TakeWhile(recording => recording.EventStatus == EventStatus.Accepted).Count());
        Assert.All(hot.Skip(Bound), recording => Assert.Equal(EventStatus.Retry, recording.EventStatus));
        var (status, refusal) = await client.PostRawAsync(new SentEvent("hot", "one-more"));
        Assert.Equal(
            (HttpStatusCode.TooManyRequests, "guest_backlog_full"), (status, refusal.GetProperty("code").GetString()));

        var others = Numbers(1, Others).Select(number => new SentEvent($"guest-{number}", "e1")).ToList();
        var taken = await Task.WhenAll(others.Select(other => client.RecordAsync(other)));
        Assert.All(taken, recordings => Assert.Equal(EventStatus.Accepted, Assert.Single(recordings).EventStatus));
        await Eventually.TrueAsync(
            () => others.TrueForAll(other => upstream.Arrivals.Any(arrival => arrival.Mark == other.Mark)),
            Patience, "all others are delivered");

        var listed = Assert.Single(await client.ListAsync("/v1/backlog?hot=true"));
        Assert.Equal(("hot", Bound), (listed.GetProperty("guest").GetString(), listed.GetProperty("undelivered").GetInt32()));
    }

    private static IEnumerable<int> Numbers(int first, int count) => Enumerable.Range(first, count);
}
