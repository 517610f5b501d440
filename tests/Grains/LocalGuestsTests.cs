using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Guests;
using GuestSessions.Grains.Memory;

namespace GuestSessions.Grains.Tests;

/// <summary>Callers in the silo's own process record events without a grain call, where one commit is all that it takes.</summary>
public sealed class LocalGuestsTests
{
    private readonly Fixture _one = new(inFlight: 0) { TakesOutcomesItself = true };
    private readonly Resident _residence = new();
    private readonly LocalGuests _guests;
    private readonly LocalGuest _here;

    public LocalGuestsTests()
    {
        _guests = new LocalGuests(Microsoft.Extensions.Options.Options.Create(_one.Options), _one.Time);
        _here = _guests.Enter(_one.Key, _one.Guest, _residence);
    }

    [Fact]
    public async Task An_event_is_accepted_once_its_commit_is_durable()
    {
        var recording = RecordAsync("a");
        Assert.False(recording.IsCompleted);
        _one.Journal.Finish();

        Assert.Equal(RecordStatus.Accepted, Assert.Single((await recording)!.Results).Status);
        Assert.Contains(nameof(EventRecorded), _one.LastRow);
        Assert.True(_residence.WasUsed);
    }

    [Fact]
    public async Task The_same_event_again_is_a_duplicate()
    {
        var first = RecordAsync("a");
        _one.Journal.Finish();
        await first;

        Assert.Equal(RecordStatus.Duplicate, Assert.Single((await RecordAsync("a"))!.Results).Status);
    }

    [Fact]
    public async Task A_commit_that_fails_leaves_it_unknown_whether_the_event_was_recorded()
    {
        var recording = RecordAsync("a");
        _one.Journal.Fail();

        await Assert.ThrowsAsync<SessionUnavailableException>(() => recording);
    }

    [Fact]
    public async Task A_guest_that_is_not_here_has_to_be_called()
    {
        var other = await _guests.TryRecordAsync(new GuestKey("demo", 43), Request("a"));

        Assert.Null(other);
    }

    [Fact]
    public async Task A_guest_that_left_has_to_be_called()
    {
        _guests.Leave(_one.Key, _here);

        await IsLeftToTheGrainAsync(Request("a"));
    }

    [Fact]
    public async Task A_successor_stays_when_its_predecessor_leaves_late()
    {
        var next = new Fixture(inFlight: 0) { TakesOutcomesItself = true };
        _guests.Enter(_one.Key, next.Guest, _residence);
        _guests.Leave(_one.Key, _here);
        var recording = RecordAsync("a");
        next.Journal.Finish();

        Assert.NotNull(await recording);
    }

    [Fact]
    public async Task A_guest_that_is_leaving_takes_nothing_more()
    {
        _one.Guest.Leave();

        await IsLeftToTheGrainAsync(Request("a"));
    }

    [Fact]
    public async Task A_guest_whose_activation_broke_takes_nothing_more()
    {
        var recording = RecordAsync("a");
        _one.Journal.Finish(AppendResult.Fenced);
        await Assert.ThrowsAsync<SessionUnavailableException>(() => recording);
        _one.Journal.Appended.Clear();

        await IsLeftToTheGrainAsync(Request("b"));
    }

    [Fact]
    public async Task An_activation_that_takes_no_outcomes_itself_has_to_be_called()
    {
        _one.TakesOutcomesItself = false;

        await IsLeftToTheGrainAsync(Request("a"));
    }

    [Fact]
    public async Task A_refused_event_is_left_to_the_grain_which_says_why()
    {
        _one.Capacity.Capacity = JournalCapacity.Full;

        await IsLeftToTheGrainAsync(Request("a"));
    }

    [Fact]
    public async Task An_event_of_a_browser_that_the_guest_does_not_own_is_left_to_the_grain() =>
        await IsLeftToTheGrainAsync(Request("a", "browser-of-another"));

    [Fact]
    public async Task An_id_of_another_event_is_left_to_the_grain_which_tells_the_difference()
    {
        var first = RecordAsync("a");
        _one.Journal.Finish();
        await first;
        _one.Journal.Appended.Clear();
        var other = Fixture.Event("a") with { Hash = ContentHash.Of("{}"u8) };

        await IsLeftToTheGrainAsync(new RecordRequest("cust-42", [other], TraceParent: null));
    }

    [Fact]
    public async Task Events_with_identifiers_and_several_events_and_traced_events_are_left_to_the_grain()
    {
        var plain = Fixture.Event("a");
        var identified = plain with { Content = plain.Content with { Identifiers = [new Identifier("CRM_ID", "HB-1")] } };

        await IsLeftToTheGrainAsync(new RecordRequest("cust-42", [identified], TraceParent: null));
        await IsLeftToTheGrainAsync(new RecordRequest("cust-42", [plain, Fixture.Event("b")], TraceParent: null));
        await IsLeftToTheGrainAsync(new RecordRequest("cust-42", [plain], $"00-{new string('1', 32)}-{new string('2', 16)}-01"));
    }

    [Fact]
    public async Task In_each_quarter_of_the_idle_age_a_guest_gets_a_grain_call_so_that_Orleans_keeps_it()
    {
        _one.Time.Advance((_one.Options.Memory.IdleAge / 4) + TimeSpan.FromSeconds(1));
        await IsLeftToTheGrainAsync(Request("a"));
        _guests.Called(_here);
        var recording = RecordAsync("a");
        _one.Journal.Finish();

        Assert.NotNull(await recording);
    }

    [Fact]
    public async Task What_flows_with_the_caller_does_not_flow_into_the_guest()
    {
        _one.OwnScheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var ofCaller = new AsyncLocal<string?> { Value = "the caller's" };
        var seen = "nothing";
        _one.Journal.Appending = () => seen = ofCaller.Value;
        var recording = RecordAsync("a");
        Assert.True(SpinWait.SpinUntil(() => _one.Journal.IsWriting, TimeSpan.FromSeconds(30)));
        _one.Journal.Finish();
        await recording;

        Assert.Null(seen);
        Assert.Equal("the caller's", ofCaller.Value);
    }

    private static RecordRequest Request(string eventId, string? browserId = Fixture.Browser) =>
        new("cust-42", [Fixture.Event(eventId, browserId)], TraceParent: null);

    private Task<RecordAnswer?> RecordAsync(string eventId) => _guests.TryRecordAsync(_one.Key, Request(eventId)).AsTask();

    private async Task IsLeftToTheGrainAsync(RecordRequest request)
    {
        var before = _one.Journal.Appended.Count;

        Assert.Null(await _guests.TryRecordAsync(_one.Key, request));
        Assert.Equal(before, _one.Journal.Appended.Count);
    }

    private sealed class Resident : IResident
    {
        public TaskScheduler Home => TaskScheduler.Default;

        public bool WasUsed { get; set; }

        public bool TryLeave(bool isWaitingToo) => false;
    }
}
