using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Sessions;
using GuestSessions.Core.Tests.Sessions;

namespace GuestSessions.Core.Tests.Operations;

public sealed class BulkActTests
{
    private static readonly GuestKey Anna = new("shop", 1);
    private static readonly GuestKey Berta = new("shop", 2);

    private readonly QuarantineOnly _index = new();
    private readonly List<OperationRecord> _saved = [];
    private readonly List<(GuestKey Guest, long Sequence)> _redriven = [];
    private readonly List<OperationItem> _items = [];

    private OperationRecord Record { get; } = new()
    {
        Id = "op",
        Tenant = "shop",
        Kind = OperationRecord.BulkRedriveKind,
        Act = new PersonAct("kim", Given.Start.AddHours(1), "corrected"),
    };

    [Fact]
    public async Task Every_event_that_was_there_is_redriven_in_the_order_of_its_guest()
    {
        for (var i = 1; i <= BulkAct.PageSize; i++)
        {
            _index.Add(Anna, i, minute: i % 7);
            _index.Add(Berta, i, minute: i % 5);
        }

        var done = await RunAsync(Record);

        Assert.Equal((400, 400, 0), (done.Total, done.Redriven, done.Skipped));
        Assert.NotNull(done.EndedAt);
        Assert.Equal(400, _redriven.Distinct().Count());
        Assert.Equal(done, _saved[^1]);
    }

    [Fact]
    public async Task What_is_refused_again_is_not_redriven_for_ever()
    {
        _index.Add(Anna, 1, minute: 1);
        _index.Add(Anna, 2, minute: 61);

        var done = await RunAsync(Record, guest => _index.Add(guest, 1, minute: 62));

        Assert.Equal((1L, 1L), (done.Total, done.Redriven));
    }

    [Fact]
    public async Task What_is_gone_or_exceeds_the_limit_is_skipped()
    {
        _index.Add(Anna, 1, minute: 1);
        _index.Add(Berta, 1, minute: 1);

        var done = await RunAsync(Record, takes: guest => guest == Anna);

        Assert.Equal((1, 1), (done.Redriven, done.Skipped));
        Assert.Equal(
            [("anna", "redriven"), ("berta", "skipped")], _items.Select(static item => (item.Guest, item.Outcome)));
    }

    [Fact]
    public async Task A_guest_that_does_not_answer_is_named_and_the_others_go_on()
    {
        _index.Add(Anna, 1, minute: 1);
        _index.Add(Berta, 1, minute: 1);
        _index.Add(Berta, 2, minute: 1);

        var done = await RunAsync(Record, answers: guest => guest == Anna);

        Assert.Equal((1, 0, 2, 3), (done.Redriven, done.Skipped, done.Unknown, done.Items));
        Assert.NotNull(done.EndedAt);
        Assert.Equal(
            [("anna", "redriven"), ("berta", "unknown"), ("berta", "unknown")],
            _items.Select(static item => (item.Guest, item.Outcome)));
    }

    [Theory]
    [InlineData(OperationRecord.BulkDiscardKind, "discarded")]
    [InlineData(OperationRecord.BulkResolveKind, "resolved")]
    public async Task Each_kind_counts_and_lists_what_it_did(string kind, string outcome)
    {
        _index.Add(Anna, 1, minute: 1);

        var done = await RunAsync(Record with { Kind = kind });

        Assert.Equal((0, 1, 1), (done.Redriven, done.Discarded + done.Resolved, done.Items));
        Assert.Equal(outcome, Assert.Single(_items).Outcome);
    }

    [Fact]
    public async Task One_that_is_cancelled_ends_after_its_step_and_what_it_did_stays_done()
    {
        for (var i = 1; i <= BulkAct.PageSize + 1; i++)
            _index.Add(Anna, i, minute: 1);
        using var cancelled = new CancellationTokenSource();

        await Assert.ThrowsAsync<OperationCanceledException>(
            () => RunAsync(Record, _ => cancelled.Cancel(), cancellation: cancelled.Token));

        var ended = _saved[^1].CancelledBy(new PersonAct("sam", Given.Start.AddHours(2)));
        Assert.Equal((BulkAct.PageSize, "sam"), (ended.Redriven, ended.Cancelled!.By));
        Assert.Equal(ended, ended.CancelledBy(new PersonAct("kim", Given.Start)));
        Assert.Equal(BulkAct.PageSize, _items.Count);
    }

    [Fact]
    public async Task A_filter_leaves_the_others_where_they_are()
    {
        _index.Add(Anna, 1, minute: 1, type: "ADD");
        _index.Add(Anna, 2, minute: 1, type: "VIEW");

        await RunAsync(Record with { Type = "ADD" });

        Assert.Equal([(Anna, 1L)], _redriven);
    }

    [Fact]
    public async Task After_a_crash_it_goes_on_where_it_was_saved_last()
    {
        for (var i = 1; i <= BulkAct.PageSize + 1; i++)
            _index.Add(Anna, i, minute: 1);
        await Assert.ThrowsAsync<IOException>(() => RunAsync(
            Record, save: record => record.Redriven > BulkAct.PageSize ? throw new IOException() : Task.CompletedTask));

        var done = await RunAsync(_saved[^1]);

        Assert.Equal(BulkAct.PageSize + 1, done.Total);
        Assert.Equal(BulkAct.PageSize + 1, _redriven.Distinct().Count());
    }

    private Task<OperationRecord> RunAsync(
        OperationRecord record, Action<GuestKey>? then = null, Func<GuestKey, bool>? takes = null,
        Func<OperationRecord, Task>? save = null, Func<GuestKey, bool>? answers = null, CancellationToken cancellation = default)
    {
        var run = new BulkAct(
            _index,
            (guest, sequences, _) =>
            {
                Assert.Equal(sequences.Order(), sequences);
                if (takes?.Invoke(guest) is false)
                    return Task.FromResult<IReadOnlyList<long>?>([]);
                if (answers?.Invoke(guest) is false)
                    return Task.FromResult<IReadOnlyList<long>?>(null);
                _redriven.AddRange(sequences.Select(sequence => (guest, sequence)));
                then?.Invoke(guest);
                return Task.FromResult<IReadOnlyList<long>?>(sequences);
            },
            async (saved, items) =>
            {
                if (save is not null)
                    await save(saved);
                _saved.Add(saved);
                _items.AddRange(items);
            },
            TimeProvider.System);
        return run.RunAsync(record, cancellation);
    }

    /// <summary>A list of quarantined events that stay in it, as those do whose removal is not seen yet.</summary>
    private sealed class QuarantineOnly : IGuestLists
    {
        private readonly List<ListedSetAside> _asides = [];

        public void Add(GuestKey guest, long sequence, int minute, string type = "VIEW") => _asides.Add(new ListedSetAside(
            guest, guest == Anna ? "anna" : "berta", sequence, $"e{sequence}", type, null, Given.Start.AddMinutes(minute)));

        public Task<IReadOnlyList<ListedSetAside>> ReadSetAsideAsync(SetAsideQuery query, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<ListedSetAside>>([.. Find(query)
                .OrderBy(aside => (aside.At, aside.Guest.Hash, aside.Sequence))
                .Where(aside => query.After is not { } after
                    || (aside.At, aside.Guest.Hash, aside.Sequence).CompareTo((after.At, after.Guest, after.Sequence)) > 0)
                .Take(query.Limit)]);

        public Task<SetAsideGroups> GroupSetAsideAsync(SetAsideQuery query, CancellationToken cancellation) =>
            Task.FromResult(new SetAsideGroups(Find(query).LongCount(), []));

        private IEnumerable<ListedSetAside> Find(SetAsideQuery query) => _asides
            .Where(aside => aside.At < query.Before && (query.Type is null || aside.Type == query.Type));

        public Task<IReadOnlyList<ListedSetAside>> FindSetAsideAsync(
            string tenant, string eventId, int limit, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<ListedBacklog>> ReadBacklogAsync(BacklogQuery query, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<ListedAct>> ReadAuditAsync(AuditQuery query, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<TenantCounts> CountAsync(string tenant, int most, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<int> DeleteActsAsync(DateTimeOffset before, int limit, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<DateTimeOffset?> ReadRevealAsync(string tenant, string by, int earlier, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task AppendActAsync(string tenant, RecordedAct act, CancellationToken cancellation, GuestKey? guest = null) =>
            throw new NotSupportedException();
    }
}
