using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task An_unknown_guest_has_an_empty_trace()
    {
        var trace = await TraceAsync("nobody", 1, 5);

        Assert.Null(trace.Oldest);
        Assert.Empty(trace.Spans);
    }

    [Fact]
    public async Task An_event_is_traced_to_the_commits_that_accepted_and_sent_it()
    {
        await FillWithEventsAsync("anna", 300);

        var trace = await TraceAsync("anna", 100, 101);

        Assert.Equal(1, trace.Oldest);
        // Event n is accepted by version n and, 100 events behind, sent by version n + 100.
        Assert.Equal([new VersionSpan(99, 101), new VersionSpan(199, 201)], trace.Spans);
        Assert.Equal([100, 101], await VersionsAsync("anna", trace.Spans[0]));
    }

    [Fact]
    public async Task Events_that_are_still_in_the_line_are_traced_to_the_head()
    {
        await FillWithEventsAsync("anna", 300);

        Assert.Equal(
            [new VersionSpan(298, 300)], (await TraceAsync("anna", 299, 300)).Spans);
        Assert.Equal(
            [new VersionSpan(149, 151), new VersionSpan(249, 251)], (await TraceAsync("anna", 150, 151)).Spans);
    }

    [Fact]
    public async Task A_late_change_of_an_event_is_traced_however_late_it_is()
    {
        await FillWithEventsAsync("anna", 300);
        await _journal.AppendAsync(Positioned("anna", 301, new CommitPosition(300, 200, 200)) with { LateChanges = [7, 9] });

        Assert.Contains(new VersionSpan(300, 301), (await TraceAsync("anna", 8, 9)).Spans);
        Assert.DoesNotContain(new VersionSpan(300, 301), (await TraceAsync("anna", 8, 8)).Spans);
    }

    [Fact]
    public async Task Commits_without_a_position_are_never_left_out()
    {
        // Versions 1 to 40 and 60 to 79 come from silos that do not write positions.
        for (var version = 1; version <= 100; version++)
        {
            var hasPosition = version is > 40 and < 60 or > 79;
            await _journal.AppendAsync(Positioned(
                "anna", version, hasPosition ? new CommitPosition(version, version, version) : default));
        }

        Assert.Equal([new VersionSpan(0, 41)], (await TraceAsync("anna", 10, 10)).Spans);
        Assert.Equal([new VersionSpan(59, 80)], (await TraceAsync("anna", 70, 70)).Spans);
        Assert.Equal([new VersionSpan(89, 90)], (await TraceAsync("anna", 90, 90)).Spans);
    }

    [Fact]
    public async Task Traces_and_late_changes_follow_what_retention_keeps()
    {
        await FillWithEventsAsync("anna", 8);
        var delivered = Positioned("anna", 9, new CommitPosition(8, 1, 1));
        await _journal.AppendAsync(delivered with { At = Entries.Start.AddSeconds(2), LateChanges = [1] });
        await _journal.SaveSnapshotAsync("anna", 9);
        await _journal.DeleteExpiredAsync(Horizon, 100, CancellationToken.None);

        var trace = await TraceAsync("anna", 1, 1);

        Assert.Equal(6, trace.Oldest);
        Assert.Equal([new VersionSpan(0, 9)], trace.Spans);
        Assert.Equal([6, 7, 8], await VersionsAsync("anna", trace.Spans[0]));
        Assert.Empty((await _store.TraceAsync(Key("anna"), 1, 1, CancellationToken.None)).LateChanges);
    }

    [Fact]
    public async Task A_commit_that_went_missing_from_a_span_is_reported()
    {
        await FillWithEventsAsync("anna", 10);
        _store.Lost.Add(10);

        var failure = await Assert.ThrowsAsync<JournalCorruptException>(
            () => VersionsAsync("anna", new VersionSpan(8, 10)));

        Assert.Contains("lacks version 10", failure.Message);
    }

    [Fact]
    public async Task An_event_is_found_by_its_id_and_the_latest_one_first()
    {
        await FillWithEventsAsync("anna", 5);
        await _journal.AppendAsync(Positioned("anna", 6, default) with
        {
            Events = [Entries.Recorded(6) with { EventId = "e2" }],
        });

        Assert.Equal(3, await FindEventAsync("anna", "e3"));
        Assert.Equal(6, await FindEventAsync("anna", "e2"));
        Assert.Null(await FindEventAsync("anna", "e"));
        Assert.Null(await FindEventAsync("berta", "e3"));
    }

    [Fact]
    public async Task An_event_id_inside_the_content_of_a_caller_is_not_found()
    {
        var body = GuestSessions.Core.Json.Utf8Json.Parse("""{"event_id":"x1"}""");
        await FillWithEventsAsync("anna", 1);
        await _journal.AppendAsync(Positioned("anna", 2, default) with { Events = [Entries.Recorded(2) with { EventId = "x1" }] });
        await _journal.AppendAsync(Positioned("anna", 3, default) with { Events = [Entries.Recorded(3) with { Body = body }] });

        Assert.Equal(2, await FindEventAsync("anna", "x1"));
    }

    private Task<HistoryTrace> TraceAsync(string guest, long first, long last) =>
        _journal.TraceAsync(Key(guest), first, last, CancellationToken.None);

    private Task<long?> FindEventAsync(string guest, string eventId) =>
        _journal.FindEventAsync(Key(guest), eventId, CancellationToken.None);

    private async Task<List<long>> VersionsAsync(string guest, VersionSpan span)
    {
        List<long> versions = [];
        await foreach (var commit in _journal.ReadAsync(Key(guest), span, CancellationToken.None))
            versions.Add(commit.Version);
        return versions;
    }

    /// <summary>Each commit accepts one event and delivers the event one hundred before it.</summary>
    private async Task FillWithEventsAsync(string guest, int count)
    {
        for (var version = 1; version <= count; version++)
        {
            var sent = Math.Max(0, version - 100);
            await _journal.AppendAsync(Positioned(guest, version, new CommitPosition(version, sent, sent)) with
            {
                Events = [Entries.Recorded(version)],
            });
        }
    }

    private JournalEntry Positioned(string guest, long version, CommitPosition position) =>
        Keyring.Entry(guest, version) with { Position = position };
}
