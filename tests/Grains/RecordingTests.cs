using GuestSessions.Core.Journal;
using GuestSessions.Core.Memory;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Tests;

/// <summary>What a guest accepts, and how it answers for what it does not.</summary>
public sealed class RecordingTests
{
    private const string Foreign = "cookie-1";

    private readonly Fixture _one = new(inFlight: 0);

    [Fact]
    public async Task An_event_of_a_browser_that_is_another_guests_moved() =>
        Assert.Equal(BrowserEvent.Moved, (await FromBrowser("a")).Code);

    [Fact]
    public async Task An_event_that_is_offered_again_waits_for_the_first_offer()
    {
        var owner = new TaskCompletionSource();
        _one.Ledger.Held = owner.Task;
        var first = FromBrowser("a");
        Do(state => Decider.Link(state, new LinkBrowser(
            "cust-42", Foreign, 2, From: null, IsDrained: true, Line: null, state.Browsers.Releases, _one.Time.GetUtcNow())));
        var again = FromBrowser("a");
        _one.Journal.FinishAll();
        Assert.False(again.IsCompleted);

        owner.SetResult();
        Assert.Equal(BrowserEvent.Moved, (await first).Code);
        while (!again.IsCompleted)
        {
            _one.Journal.FinishAll();
            await Task.Yield();
        }

        Assert.Equal(RecordStatus.Accepted, (await again).Status);
    }

    [Theory]
    [InlineData(JournalCapacity.Crowded, MemoryLevel.Free, "overloaded")]
    [InlineData(JournalCapacity.Full, MemoryLevel.Free, "storage_full")]
    [InlineData(JournalCapacity.Failing, MemoryLevel.Free, "unavailable")]
    [InlineData(JournalCapacity.Free, MemoryLevel.Scarce, "memory")]
    public async Task Without_capacity_nothing_is_decided(JournalCapacity capacity, MemoryLevel level, string code)
    {
        (_one.Capacity.Capacity, _one.Capacity.Level) = (capacity, level);

        Assert.Equal(code, (await _one.Record("a")).Code);
        Assert.Empty(_one.Journal.Appended);
    }

    [Fact]
    public async Task A_guest_never_seen_leaves_memory_again_when_it_is_scarce_and_another_stays()
    {
        _one.Capacity.Level = MemoryLevel.Scarce;
        await _one.Record("a");
        Assert.Equal(1, _one.Ended);

        var other = new Fixture(inFlight: 0);
        _ = other.Record("a");
        other.Journal.FinishAll();
        other.Capacity.Level = MemoryLevel.Scarce;
        await other.Record("b");
        Assert.Equal(0, other.Ended);
    }

    private Task<RecordResult> FromBrowser(string eventId) => _one.Guest.RecordFromBrowserAsync(new BrowserEvent(
        "cust-42", Fixture.Event(eventId, Foreign), Quarantine: null, AdmitsNew: true, TraceParent: null));

    private void Do<T>(Func<GuestSession, Decision<T>> decide)
    {
        _ = _one.Guest.EnterAsync(work => work.Do(decide(work.State)));
        _one.Journal.FinishAll();
    }
}
