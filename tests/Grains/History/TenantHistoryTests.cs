using GuestSessions.Core.Delivery;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.History;

namespace GuestSessions.Grains.Tests.History;

/// <summary>What a tenant's history keeps of what its silos counted.</summary>
public sealed class TenantHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 10, 2, 0, TimeSpan.Zero);

    private readonly TenantTallies _tallies = new();

    [Fact]
    public void What_two_silos_count_within_five_minutes_is_one_slice()
    {
        var history = new TenantHistory([]);
        _tallies.Accepted("demo");
        _tallies.Delivered("demo", TimeSpan.FromMilliseconds(7));
        _tallies.SetAside("demo", [Aside(inDoubt: true), Aside(inDoubt: false), Aside(inDoubt: false), new AsideChange(9, null)]);
        history.Add(_tallies.Take("demo"), Start);
        _tallies.Accepted("demo");
        _tallies.Rejected("demo", 3);
        history.Add(_tallies.Take("demo"), Start.AddMinutes(2.9));

        var slice = Assert.Single(history.Read(Start.AddMinutes(3)));
        Assert.Equal(Start.AddMinutes(-2), slice.From);
        Assert.Equal(
            (2, 1, 2, 1, 3), (slice.Accepted, slice.Delivered, slice.Quarantined, slice.InDoubt, slice.Rejected));
        Assert.Equal(1, slice.Delays[DelayBuckets.IndexOf(TimeSpan.FromMilliseconds(7))]);
    }

    [Fact]
    public void A_slice_says_the_most_that_waited_and_the_longest_wait()
    {
        var history = new TenantHistory([]);
        foreach (var (minute, waiting, age) in new[] { (0d, 5, 10), (1, 40, 90), (2, 3, 30) })
            history.Add(
                new TallyMessage { Backlog = new TenantCounts(1, 0, 0, 0, Start.AddMinutes(minute).AddSeconds(-age)) { Undelivered = waiting } },
                Start.AddMinutes(minute));

        var slice = Assert.Single(history.Read(Start.AddMinutes(2)));
        Assert.Equal((40, TimeSpan.FromSeconds(90)), (slice.Waiting, slice.OldestAge));
    }

    [Fact]
    public void A_slice_that_begins_says_that_those_before_it_are_complete()
    {
        var history = new TenantHistory([]);

        Assert.False(history.Add(new TallyMessage(), Start));
        Assert.False(history.Add(new TallyMessage(), Start.AddMinutes(1)));
        Assert.True(history.Add(new TallyMessage(), Start.AddMinutes(3)));
        Assert.False(history.Add(new TallyMessage(), Start.AddMinutes(4)));
    }

    [Fact]
    public void More_slices_than_a_day_has_are_forgotten_oldest_first_and_a_gap_has_none()
    {
        var history = new TenantHistory([]);
        for (var at = 0; at < TenantHistory.MostSlices + 10; at++)
            history.Add(new TallyMessage { Accepted = at }, Start + at * TenantHistory.Slice);
        var now = Start + (TenantHistory.MostSlices + 9) * TenantHistory.Slice;

        var slices = history.Read(now);
        Assert.Equal((TenantHistory.MostSlices, 10), (slices.Count, slices[0].Accepted));
        Assert.Equal(TenantHistory.MostSlices / 2, history.Read(now.AddHours(12)).Count);
        Assert.Empty(history.Read(now.AddHours(25)));
        history.Add(new TallyMessage { Accepted = 7 }, now.AddHours(1));
        Assert.Equal(TimeSpan.FromHours(1), history.Read(now.AddHours(1)) is [.., var before, var last] ? last.From - before.From : default);
    }

    [Fact]
    public void A_clock_that_is_set_back_counts_on_in_the_latest_slice()
    {
        var history = new TenantHistory([new HistorySlice(Start.AddHours(1))]);

        Assert.False(history.Add(new TallyMessage { Accepted = 2 }, Start));

        Assert.Equal(2, Assert.Single(history.Read(Start)).Accepted);
    }

    [Fact]
    public void What_could_not_be_told_is_told_with_the_next_minute()
    {
        _tallies.Accepted("demo");
        _tallies.Delivered("demo", TimeSpan.FromHours(2));
        var taken = _tallies.Take("demo");
        _tallies.Accepted("demo");

        _tallies.PutBack("demo", taken);

        var again = _tallies.Take("demo");
        Assert.Equal((2, 1), (again.Accepted, again.Delays[^1]));
        Assert.Equal((0, 0), (_tallies.Take("demo").Accepted, _tallies.Take("demo").Delays.Sum()));
    }

    [Fact]
    public void A_quantile_is_the_bound_that_so_many_events_did_not_exceed()
    {
        var counts = new long[DelayBuckets.Count];
        Assert.Null(DelayBuckets.Quantile(counts, 0.5));
        Assert.Null(DelayBuckets.Quantile([.. counts], 0.99));

        counts[DelayBuckets.IndexOf(TimeSpan.FromMilliseconds(20))] = 98;
        counts[DelayBuckets.IndexOf(TimeSpan.FromSeconds(2))] = 1;
        counts[DelayBuckets.IndexOf(TimeSpan.FromHours(5))] = 1;

        Assert.Equal(TimeSpan.FromMilliseconds(25), DelayBuckets.Quantile(counts, 0.5));
        Assert.Equal(TimeSpan.FromSeconds(2.5), DelayBuckets.Quantile(counts, 0.99));
        Assert.Equal(TimeSpan.FromHours(1), DelayBuckets.Quantile(counts, 1));
    }

    private static AsideChange Aside(bool inDoubt)
    {
        var @event = new SetAsideEvent(null!, 1, inDoubt, null, Start);
        return new AsideChange(1, @event);
    }
}
