using GuestSessions.Core.Journal;
using GuestSessions.Core.Guests;
using GuestSessions.Storage.Codec;
using GuestSessions.Storage.Events;
using GuestSessions.Storage.Tests.Kit;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Storage.Tests.Events;

public sealed class EventSearchTests
{
    private static readonly DateOnly Day = new(2026, 3, 1);

    [Fact]
    public async Task A_search_stops_after_two_seconds_and_goes_on_where_it_stopped()
    {
        var rows = new SlowRows(TimeSpan.FromSeconds(0.7), stretches: 10, eventIn: 8);
        using var search = new EventSearch(rows, rows.Time);

        var first = await search.FindAsync(Entries.Tenant, "b3f1", null, CancellationToken.None);
        var second = await search.FindAsync(Entries.Tenant, "b3f1", first.Next, CancellationToken.None);
        var third = await search.FindAsync(Entries.Tenant, "b3f1", second.Next, CancellationToken.None);

        Assert.Equal((0, Entries.Start.AddHours(-3), new JournalPlace(Day, 7)), (first.Guests.Count, first.BackTo, first.Next));
        Assert.Equal((0, Entries.Start.AddHours(-6), new JournalPlace(Day, 4)), (second.Guests.Count, second.BackTo, second.Next));
        Assert.Equal(["anna"], third.Guests);
        Assert.Equal(8, rows.Read);
    }

    [Fact]
    public async Task A_search_that_has_read_everything_says_so()
    {
        var rows = new SlowRows(TimeSpan.FromSeconds(0.1), stretches: 5, eventIn: 0);
        using var search = new EventSearch(rows, rows.Time);

        var found = await search.FindAsync(Entries.Tenant, "b3f1", null, CancellationToken.None);

        Assert.Equal((0, Entries.Start.AddHours(-5), null), (found.Guests.Count, found.BackTo, found.Next));
    }

    [Fact]
    public async Task A_search_that_would_wait_for_another_one_says_that_it_has_read_nothing()
    {
        var rows = new SlowRows(TimeSpan.FromSeconds(0.1), stretches: 3, eventIn: 3) { Gate = new TaskCompletionSource() };
        using var search = new EventSearch(rows, rows.Time);
        var first = search.FindAsync(Entries.Tenant, "b3f1", null, CancellationToken.None);

        var second = await search.FindAsync(Entries.Tenant, "b3f1", null, CancellationToken.None);
        rows.Gate.SetResult();
        var third = await search.FindAsync(Entries.Tenant, "b3f1", second.Next, CancellationToken.None);

        Assert.Equal((0, null, JournalPlace.Newest), (second.Guests.Count, second.BackTo, second.Next));
        Assert.Equal(["anna"], (await first).Guests);
        Assert.Equal(["anna"], third.Guests);
    }

    [Theory]
    [InlineData("20260301.7", true)]
    [InlineData("20260301.", false)]
    [InlineData("20260231.7", false)]
    [InlineData("20260301.-7", false)]
    [InlineData("7", false)]
    [InlineData("", false)]
    public void A_place_has_a_form_of_its_own(string text, bool isPlace)
    {
        Assert.Equal(isPlace, JournalPlace.TryParse(text, out var place));
        if (isPlace)
            Assert.Equal((new JournalPlace(Day, 7), text), (place, place.ToString()));
    }

    /// <summary>Stretches of an hour each, counted from 1 at the newest; each takes its time to read.</summary>
    private sealed class SlowRows(TimeSpan each, int stretches, int eventIn) : IEventRows
    {
        public FakeTimeProvider Time { get; } = new();

        public int Read { get; private set; }

        /// <summary>What every read waits for.</summary>
        public TaskCompletionSource? Gate { get; init; }

        public async Task<StoredStretch> ReadAsync(
            string tenant, byte[] bytes, JournalPlace? before, CancellationToken cancellation)
        {
            if (Gate is { } gate)
                await gate.Task;
            Time.Advance(each);
            Read++;
            var stretch = stretches - (int)Math.Min(before?.Position ?? stretches, stretches) + 1;
            var guest = new GuestKey(tenant, 1);
            return new StoredStretch(
                stretch == eventIn ? [new NamedRow(guest, "anna", Row())] : [],
                Entries.Start.AddHours(-stretch),
                stretch < stretches ? new JournalPlace(Day, stretches - stretch) : null);
        }

        private static StoredRow Row() => new(
            1, Entries.Start, JournalCodec.Format,
            CommitForm.Write([], [Entries.Recorded(1) with { EventId = "b3f1" }], Entries.Start));
    }
}
