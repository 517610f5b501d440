using GuestSessions.Core.Delivery;
using GuestSessions.Grains.Guests.Delivery;

namespace GuestSessions.Grains.Tests;

public sealed class DeliveryWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private readonly Fixture _one = new();

    private DeliveryWatch Watch => _one.Guest.Watch;

    [Fact]
    public async Task Nothing_undelivered_is_nothing_to_wait_for() =>
        Assert.True(await Watch.AwaitAsync("browser-9", Patience));

    [Fact]
    public async Task The_wait_ends_when_the_outcome_is_durable()
    {
        await RecordAsync("a");
        var waited = Watch.AwaitAsync("browser-9", Patience);
        _one.Client.Answer(AttemptOutcome.Delivered);
        Assert.False(waited.IsCompleted);

        _one.Journal.Finish();

        Assert.True(await waited);
    }

    [Fact]
    public async Task The_wait_ends_when_time_is_up()
    {
        await RecordAsync("a");
        var waited = Watch.AwaitAsync("browser-9", Patience);

        _one.Time.Advance(Patience);

        Assert.False(await waited);
    }

    [Fact]
    public async Task Other_browsers_of_the_guest_are_not_waited_for()
    {
        await RecordAsync("a");

        Assert.True(await Watch.AwaitAsync("browser-8", Patience));
        Assert.False(Watch.AwaitAsync("BROWSER-9", Patience).IsCompleted);
    }

    [Fact]
    public async Task No_more_than_so_many_wait_at_once()
    {
        await RecordAsync("a");
        var waiting = Enumerable.Range(0, DeliveryWatch.MostWaiting)
            .Select(_ => Watch.AwaitAsync("browser-9", Patience)).ToList();

        Assert.False(await Watch.AwaitAsync("browser-9", Patience));
        Assert.DoesNotContain(waiting, wait => wait.IsCompleted);
    }

    private async Task RecordAsync(string eventId)
    {
        var recorded = _one.Record(eventId);
        _one.Journal.Finish();
        await recorded;
    }
}
