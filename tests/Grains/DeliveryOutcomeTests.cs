using System.Collections.Concurrent;
using System.Diagnostics;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Telemetry;
using GuestSessions.TestDoubles;

namespace GuestSessions.Grains.Tests;

/// <summary>How an outcome comes back, also to an activation that is leaving, and to which trace an attempt belongs.</summary>
public sealed class DeliveryOutcomeTests
{
    private readonly Fixture _one = new();

    private FakeJournal Journal => _one.Journal;

    [Fact]
    public void The_activation_that_sent_takes_the_outcome_without_a_call()
    {
        _one.TakesOutcomesItself = true;
        _ = _one.Record("a");
        Journal.Finish();
        _one.Client.Answer(AttemptOutcome.Delivered);

        Assert.Equal([nameof(EventDelivered)], _one.LastRow);
        Assert.Equal(0, _one.OutcomesCalled);
    }

    [Fact]
    public void An_attempt_is_part_of_the_trace_of_the_request_that_brought_the_event_also_when_another_activation_sends_it()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == SessionInstruments.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var request = new ActivityContext(
            ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        var first = new Fixture(inFlight: 0);
        _ = first.Guest.Recording.RecordAsync(new RecordRequest(
            "cust-42", [Fixture.Event("a")], $"00-{request.TraceId}-{request.SpanId}-01"));
        first.Journal.Finish();

        var next = new Fixture(state: first.Stored());
        Assert.True(SpinWait.SpinUntil(() => next.Journal.IsWriting, TimeSpan.FromSeconds(30)));
        next.Journal.Finish();
        next.Client.Answer(AttemptOutcome.Delivered);
        next.Journal.Finish();

        Assert.True(SpinWait.SpinUntil(() => spans.Any(Belongs), TimeSpan.FromSeconds(30)));
        Assert.Equal(request.SpanId, spans.First(Belongs).ParentSpanId);

        bool Belongs(Activity span) => span.TraceId == request.TraceId;
    }

    [Fact]
    public void An_outcome_comes_as_a_call_when_the_activation_that_sent_has_ended()
    {
        _one.TakesOutcomesItself = true;
        _ = _one.Record("a");
        Journal.Finish();
        _one.Guest.Dispose();
        _one.Client.Answer(AttemptOutcome.Delivered);

        Assert.Equal(1, _one.OutcomesCalled);
    }

    [Fact]
    public void An_outcome_that_the_activation_could_not_commit_comes_again_as_a_call()
    {
        _one.TakesOutcomesItself = true;
        _ = _one.Record("a");
        Journal.Finish();
        _one.Client.Answer(AttemptOutcome.Delivered);
        Journal.Fail();

        Assert.Equal(1, _one.OutcomesCalled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_silo_that_drains_waits_until_the_last_outcome_is_durable(bool takesOutcomesItself)
    {
        _one.TakesOutcomesItself = takesOutcomesItself;
        _ = _one.Record("a");
        Journal.Finish();
        var drained = _one.Gate.DrainAsync(CancellationToken.None);
        _one.Client.Answer(AttemptOutcome.Delivered);
        Assert.Equal([nameof(EventDelivered)], _one.LastRow);
        Assert.Equal(1, _one.Gate.InFlight);

        Journal.Finish();
        Assert.True(SpinWait.SpinUntil(() => drained.IsCompleted, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void An_activation_that_leaves_sends_the_start_of_the_commit_in_progress_and_writes_no_other()
    {
        _one.TakesOutcomesItself = true;
        _ = _one.Record("a");
        Journal.Finish();
        _ = _one.Record("b");
        Journal.Finish();
        _one.Client.Answer(AttemptOutcome.Delivered);
        Assert.Contains(nameof(DeliveryStarted), _one.LastRow);
        var left = _one.Guest.LeaveAsync();
        _ = _one.Record("c");
        Assert.False(left.IsCompleted);
        Journal.Finish();

        Assert.Equal(2, _one.Client.Sent.Count);
        Assert.DoesNotContain(nameof(DeliveryStarted), _one.LastRow);
        Journal.Finish();
        Assert.True(SpinWait.SpinUntil(() => left.IsCompletedSuccessfully, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void An_activation_whose_last_commit_fails_leaves_all_the_same()
    {
        _ = _one.Record("a").ContinueWith(static answer => _ = answer.Exception, TaskScheduler.Default);
        var left = _one.Guest.LeaveAsync();
        Journal.Fail();

        Assert.True(SpinWait.SpinUntil(() => left.IsCompletedSuccessfully, TimeSpan.FromSeconds(30)));
        Assert.Equal(0, _one.Gate.InFlight);
    }
}
