using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>The same event again, with another time.</summary>
public sealed class RetriedTests
{
    private static readonly DateTimeOffset First = Given.Start.AddSeconds(-3);

    [Fact]
    public void A_retry_that_stamps_its_time_anew_is_a_duplicate_and_the_first_time_stands()
    {
        var given = new Given();
        given.Record("a", occurredAt: First);

        var retried = given.Deciding("a", occurredAt: Given.Start);

        Assert.Empty(retried.Events);
        Assert.Equal((RecordDecision.Duplicate, 1), (retried.Result.Decision, retried.Result.Sequence));
        var warning = Assert.Single(retried.Result.Found!);
        Assert.Equal(("occurred_at_differs", "/occurred_at"), (warning.Code, warning.Path));
    }

    [Fact]
    public void A_time_that_was_left_out_in_one_of_two_requests_differs()
    {
        var given = new Given();
        given.Record("a");
        given.Record("b", occurredAt: First);

        Assert.NotNull(given.Record("a", occurredAt: First).Found);
        Assert.NotNull(given.Record("b").Found);
        Assert.Null(given.Record("a").Found);
    }

    [Fact]
    public void The_same_moment_in_another_offset_does_not_differ()
    {
        var given = new Given();
        given.Record("a", occurredAt: First);

        Assert.Null(given.Record("a", occurredAt: First.ToOffset(TimeSpan.FromHours(5))).Found);
    }

    [Fact]
    public void The_first_time_is_known_over_a_snapshot()
    {
        var given = new Given();
        given.Record("a", occurredAt: First);

        var restored = GuestSession.Restore(given.Session.ToSnapshot(), SessionLimits.Default);

        Assert.True(restored.Dedup.TryGet("a", out var known));
        Assert.Equal(First.UtcTicks, known.OccurredAtTicks);
    }

    [Fact]
    public void Other_content_is_another_event_whatever_its_time()
    {
        var given = new Given();
        given.Record("a", occurredAt: First);

        Assert.Equal(EventCodes.EventIdReused, given.Record("a", content: """{"b":1}""", occurredAt: First).Code);
    }
}
