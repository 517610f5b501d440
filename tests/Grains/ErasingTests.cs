using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;

namespace GuestSessions.Grains.Tests;

/// <summary>A guest that is erased while it is in memory, and one that was erased before.</summary>
public sealed class ErasingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_tombstone_follows_the_last_commit_and_the_memory_is_not_used_again()
    {
        var one = new Fixture(inFlight: 0);
        var recorded = one.Record("a");
        one.Journal.FinishAll();
        await recorded;
        var version = one.Read(static state => state.Version);

        var step = await one.Guest.Erasing.EraseAsync(Message(one));

        var tombstone = Assert.Single(one.Erasures.Written);
        Assert.Equal((version, one.Key), (tombstone.Version, tombstone.Guest));
        Assert.Contains(
            one.Journal.Keyring.HashOf("demo", SearchTerm.BrowserId(Fixture.Browser)), tombstone.Terms);
        Assert.Equal((1, 1), (step.Standing!.Value.Events, step.Standing.Value.Undelivered));
        Assert.Null(step.Standing.Value.Sending);
        Assert.Equal(1, one.Ended);
        Assert.Equal(RecordStatus.Retry, (await one.Record("b")).Status);
        await Assert.ThrowsAsync<SessionUnavailableException>(() => one.Guest.ReadAsync(static state => state.Guest));
    }

    [Fact]
    public async Task An_event_on_its_way_is_on_the_certificate_and_is_not_sent_again()
    {
        var one = new Fixture();
        var recorded = one.Record("a");
        one.Journal.FinishAll();
        await recorded;

        var step = await one.Guest.Erasing.EraseAsync(Message(one));

        Assert.Equal((1, "VIEW", 1), (step.Standing!.Value.Sending!.Sequence, step.Standing.Value.Sending.Type,
            step.Standing.Value.Sending.Attempt));
        Assert.Equal(0, step.Standing.Value.Undelivered);
    }

    [Fact]
    public async Task A_guest_with_other_browsers_than_the_operation_knows_is_not_erased_yet()
    {
        var one = new Fixture(inFlight: 0);
        var recorded = one.Record("a");
        one.Journal.FinishAll();
        await recorded;

        var step = await one.Guest.Erasing.EraseAsync(Message(one) with { Lines = 1 });

        Assert.True(step.HasChanged);
        Assert.Empty(one.Erasures.Written);
        Assert.Equal(0, one.Ended);
    }

    [Fact]
    public async Task An_erased_guest_rejects_events_and_writes_nothing()
    {
        var one = Erased();

        var result = await one.Record("late");
        var identified = await one.Guest.Recording.IdentifyAsync(new IdentifyRequest(
            "cust-42", [new Identifier("EMAIL", "a@example.com")], default, "e1",
            new CommonEventAttributes("WEB", "EN", "EUR", "harbourbikes/ie", TimeSpan.FromMinutes(20)), null));
        var consent = await one.Guest.Consent.ChangeAsync("cust-42", denied: true, new ActMessage("kim", null));

        Assert.Equal((RecordStatus.Rejected, EventCodes.GuestErased), (result.Status, result.Code));
        Assert.Equal(EventCodes.GuestErased, identified.Event!.Code);
        Assert.True(consent.IsErased);
        Assert.Empty(one.Journal.Appended);
    }

    [Fact]
    public async Task The_outcome_of_a_request_that_was_on_its_way_brings_nothing_back()
    {
        var one = Erased();

        var isNew = await one.Guest.Delivery.EndAsync(new OutcomeMessage(
            1, 1, new AttemptReport { Outcome = AttemptOutcome.Delivered, Duration = TimeSpan.FromSeconds(1) }, PermitId: 1));

        Assert.False(isNew);
        Assert.Empty(one.Journal.Appended);
    }

    [Fact]
    public async Task An_erased_guest_leaves_no_snapshot()
    {
        var one = new Fixture(state: new StoredSession(null, []) { Floor = 5_000, IsErased = true });

        await one.Guest.SaveSnapshotAsync();
        await one.Guest.LeaveAsync();

        Assert.Empty(one.Journal.Snapshots);
    }

    [Fact]
    public async Task An_erased_guest_gives_no_browser_away()
    {
        var one = Erased();

        var outcome = await one.Guest.Browsers.ReleaseAsync(
            new ReleaseMessage("", Fixture.Browser, 1, null, "demo/00000000000000000000000000000001", "other"));

        Assert.Equal(ReleaseDecision.Superseded, outcome.Decision);
        Assert.Empty(one.Journal.Appended);
    }

    [Fact]
    public async Task Of_the_events_of_a_request_only_those_with_an_erased_identifier_are_rejected()
    {
        var one = new Fixture(inFlight: 0);
        one.Erasures.Terms.Add(one.Journal.Keyring.HashOf("demo", SearchTerm.Identifier("EMAIL", "gone@example.com")));
        var named = Fixture.Event("b");
        named = named with { Content = named.Content with { Identifiers = [new Identifier("EMAIL", "Gone@example.com")] } };

        var answer = one.Guest.Recording.RecordAsync(new RecordRequest(
            "cust-42", [Fixture.Event("a"), named, Fixture.Event("c")], TraceParent: null));
        one.Journal.FinishAll();

        Assert.Equal(
            [RecordStatus.Accepted, RecordStatus.Rejected, RecordStatus.Accepted],
            (await answer).Results.Select(static result => result.Status));
    }

    [Fact]
    public async Task A_stale_activation_never_says_that_there_is_no_such_guest()
    {
        var stale = new Fixture();
        stale.Journal.Stored = new StoredSession(null, [new JournalCommit(1, Now, [new GuestOpened("cust-42", Now)])]);

        await Assert.ThrowsAsync<SessionUnavailableException>(() => stale.Guest.Erasing.EraseAsync(Message(stale)));

        Assert.Equal(1, stale.Ended);
    }

    [Fact]
    public async Task A_stale_activation_learns_of_the_tombstone_when_the_erasure_comes_again()
    {
        var stale = new Fixture();
        stale.Journal.Stored = new StoredSession(null, []) { Floor = 5, IsErased = true };

        await Assert.ThrowsAsync<SessionUnavailableException>(() => stale.Guest.Erasing.ReadLinesAsync());

        Assert.Equal(1, stale.Ended);
    }

    [Fact]
    public async Task A_guest_whose_tombstone_was_lifted_meanwhile_is_not_skipped()
    {
        var one = Erased();

        await Assert.ThrowsAsync<SessionUnavailableException>(() => one.Guest.Erasing.EraseAsync(Message(one)));
    }

    private static Fixture Erased() => new(state: new StoredSession(null, []) { Floor = 5, IsErased = true });

    private static EraseMessage Message(Fixture one) => new(
        "cust-42", one.Key.ToString(), Lines: 0, "op1", new PersonAct("kim", Now, "ticket"), Now.AddDays(1));
}
