using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Tests;

/// <summary>What needs a browser while its guest claims it from another one.</summary>
public sealed class BrowserClaimTests
{
    private const string Foreign = "cookie-1";

    private readonly Fixture _one = new(inFlight: 0);
    private readonly TaskCompletionSource<ReleaseOutcome> _release = new();

    public BrowserClaimTests() => _one.Peers.Release = _release.Task;

    [Fact]
    public async Task An_event_of_a_browser_that_the_guest_claims_waits_and_is_recorded_with_it()
    {
        var backend = _one.Record("a", Foreign);
        var sdk = FromBrowser("b");
        Assert.False(sdk.IsCompleted);

        _release.SetResult(new ReleaseOutcome(ReleaseDecision.Drained, []));
        while (!(backend.IsCompleted && sdk.IsCompleted))
        {
            _one.Journal.FinishAll();
            await Task.Yield();
        }

        Assert.Equal(RecordStatus.Accepted, (await backend).Status);
        Assert.Equal(RecordStatus.Accepted, (await sdk).Status);
        Assert.Equal(4, _one.Ledger.Owner!.Generation); // Claimed once, for both.
    }

    [Fact]
    public async Task A_guest_does_not_leave_memory_while_it_claims_a_browser()
    {
        var backend = _one.Record("a", Foreign);
        Assert.False(_one.Guest.MayLeave(isWaitingToo: true));

        _release.SetResult(new ReleaseOutcome(ReleaseDecision.Drained, []));
        while (!backend.IsCompleted)
        {
            _one.Journal.FinishAll();
            await Task.Yield();
        }

        Assert.True(_one.Guest.MayLeave(isWaitingToo: true));
    }

    [Fact]
    public async Task An_event_waits_no_longer_for_a_claim_than_its_caller_would()
    {
        _ = _one.Record("a", Foreign); // Whose owner does not answer.
        var sdk = FromBrowser("b");

        _one.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(BrowserEvent.Moved, (await sdk).Code);
    }

    [Fact]
    public async Task An_event_of_a_browser_whose_claim_failed_goes_to_its_owner()
    {
        var backend = _one.Record("a", Foreign);
        var sdk = FromBrowser("b");

        _release.SetException(new TimeoutException());

        await Assert.ThrowsAsync<SessionUnavailableException>(() => backend);
        Assert.Equal(BrowserEvent.Moved, (await sdk).Code);
    }

    [Fact]
    public async Task An_event_that_is_offered_again_while_it_waits_for_a_claim_has_not_moved()
    {
        var backend = _one.Record("a", Foreign);
        var first = FromBrowser("b");
        var again = FromBrowser("b");
        _one.Time.Advance(TimeSpan.FromMilliseconds(900));

        _release.SetResult(new ReleaseOutcome(ReleaseDecision.Drained, []));
        while (!(backend.IsCompleted && first.IsCompleted && again.IsCompleted))
        {
            _one.Journal.FinishAll();
            await Task.Yield();
        }

        Assert.Equal(RecordStatus.Accepted, (await first).Status);
        Assert.Equal(RecordStatus.Duplicate, (await again).Status);
    }

    private Task<RecordResult> FromBrowser(string eventId) => _one.Guest.RecordFromBrowserAsync(new BrowserEvent(
        "cust-42", Fixture.Event(eventId, Foreign), Quarantine: null, AdmitsNew: true, TraceParent: null));
}
