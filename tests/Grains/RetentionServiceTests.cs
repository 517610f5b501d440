using System.Net;
using System.Reflection;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Options;
using GuestSessions.Core.Rejections;
using GuestSessions.Grains.Contracts.Silos;
using GuestSessions.Grains.Recovery;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;

namespace GuestSessions.Grains.Tests;

public sealed class RetentionServiceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly GuestKey Anna = new("demo", 1);
    private static readonly GuestKey Bert = new("demo", 2);

    private readonly FakeJournal _journal = new();
    private readonly List<string> _asked = [];
    private readonly FakeTimeProvider _time = new();
    private readonly List<DateTimeOffset> _operationsBefore = [];
    private readonly List<DateTimeOffset> _actsBefore = [];

    /// <summary>How many acts each call to delete them finds; then none.</summary>
    private readonly Queue<int> _olderActs = new();
    private GuestKey? _broken;

    [Fact]
    public async Task A_guest_whose_history_no_snapshot_covers_is_asked_for_one()
    {
        _journal.Uncovered.AddRange([Anna, Bert]);

        await ExpireAsync();

        Assert.Equal([Anna.ToString(), Bert.ToString()], _asked);
    }

    [Fact]
    public async Task A_guest_that_gives_no_snapshot_keeps_nobody_elses_history()
    {
        _journal.Uncovered.AddRange([Anna, Bert]);
        _broken = Anna;
        _journal.Expired.Enqueue(2_000);
        _journal.Expired.Enqueue(2_000);

        await ExpireAsync();

        Assert.Equal([Anna.ToString(), Bert.ToString()], _asked);
        Assert.Empty(_journal.Expired);
    }

    [Fact]
    public async Task A_guest_of_a_tenant_that_is_gone_is_not_woken()
    {
        _journal.Uncovered.AddRange([new GuestKey("gone", 3), Bert]);

        await ExpireAsync();

        Assert.Equal([Bert.ToString()], _asked);
    }

    [Fact]
    public async Task Operations_and_acts_are_deleted_after_their_own_retention_times()
    {
        _olderActs.Enqueue(1_000);
        _olderActs.Enqueue(7);

        await ExpireAsync();

        Assert.Equal([_time.GetUtcNow() - new RetentionOptions().Retention], _operationsBefore);
        Assert.Equal(2, _actsBefore.Count);
        Assert.All(_actsBefore, before => Assert.Equal(_time.GetUtcNow() - new RetentionOptions().AuditRetention, before));
    }

    private async Task ExpireAsync()
    {
        var options = new SessionsOptions { Tenants = { ["demo"] = new TenantOptions() } };
        using var retention = new RetentionService(
            _journal, new NoRejections(), new FakeOperations(_operationsBefore), new FakeActs(_actsBefore, _olderActs),
            GrainsProxy.Over(Guest), new AloneInTheCluster(), Microsoft.Extensions.Options.Options.Create(options),
            Microsoft.Extensions.Options.Options.Create(new RetentionOptions()), _time, NullLogger<RetentionService>.Instance);
        await retention.StartAsync(CancellationToken.None);
        await _journal.NothingExpired.Task.WaitAsync(Minute);
        await retention.StopAsync(CancellationToken.None);
    }

    private sealed class NoRejections : IRejectionStore
    {
        public Task AppendAsync(string tenant, IReadOnlyList<Rejection> rejections, CancellationToken cancellation) => Task.CompletedTask;

        public Task<IReadOnlyList<ListedRejection>> ReadAsync(RejectionQuery query, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<ListedRejection>>([]);

        public Task DeleteAsync(DateTimeOffset before, CancellationToken cancellation) => Task.CompletedTask;
    }

    private sealed class FakeOperations(List<DateTimeOffset> deletedBefore) : IOperationStore
    {
        public Task DeleteEndedAsync(DateTimeOffset before, CancellationToken cancellation)
        {
            deletedBefore.Add(before);
            return Task.CompletedTask;
        }

        public Task SaveAsync(
            OperationRecord record, IReadOnlyList<OperationItem> items, long before, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<OperationRecord>> ReadLatestAsync(
            string tenant, OperationPlace? before, int limit, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<OperationItem>> ReadItemsAsync(
            string tenant, string id, long after, int limit, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<OperationRecord?> LoadAsync(string tenant, string id, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<(string Tenant, string Id)>> ReadRunningAsync(int limit, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }

    private sealed class FakeActs(List<DateTimeOffset> deletedBefore, Queue<int> older) : IGuestLists
    {
        public Task<int> DeleteActsAsync(DateTimeOffset before, int limit, CancellationToken cancellation)
        {
            deletedBefore.Add(before);
            return Task.FromResult(older.TryDequeue(out var deleted) ? deleted : 0);
        }

        public Task<IReadOnlyList<ListedSetAside>> ReadSetAsideAsync(SetAsideQuery query, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<SetAsideGroups> GroupSetAsideAsync(SetAsideQuery query, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<ListedSetAside>> FindSetAsideAsync(
            string tenant, string eventId, int limit, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<ListedBacklog>> ReadBacklogAsync(BacklogQuery query, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<ListedAct>> ReadAuditAsync(AuditQuery query, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<TenantCounts> CountAsync(string tenant, int most, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<DateTimeOffset?> ReadRevealAsync(string tenant, string by, int earlier, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task AppendActAsync(string tenant, RecordedAct act, CancellationToken cancellation, GuestKey? guest = null) =>
            throw new NotSupportedException();
    }

    private StubGuest Guest(string key) => new(() =>
    {
        _asked.Add(key);
        return _broken?.ToString() == key
            ? Task.FromException(new InvalidOperationException("The journal of this guest is damaged."))
            : Task.CompletedTask;
    });

    private sealed class AloneInTheCluster : IMembershipWatch
    {
        public ClusterShare Share { get; } = new([], SiloAddress.New(IPAddress.Loopback, 11111, 1));

        public Task ChangedAsync(CancellationToken cancellation) => new TaskCompletionSource().Task.WaitAsync(cancellation);
    }

    private sealed class StubGuest(Func<Task> snapshot) : IGuestDeliveryGrain
    {
        public Task ReportOutcomeAsync(OutcomeMessage outcome) => throw new NotSupportedException();
        public Task ReportBrowserIdAsync(BrowserIdMessage answer) => throw new NotSupportedException();
        public Task EnsureDeliveringAsync() => throw new NotSupportedException();
        public Task SnapshotAsync() => snapshot();
    }
}

/// <summary>Orleans' factory has a score of members; what runs beside the grains uses one.</summary>
public class GrainsProxy : DispatchProxy
{
    private Func<string, object> _grain = null!;

    public static IGrainFactory Over(Func<string, object> grain)
    {
        var factory = Create<IGrainFactory, GrainsProxy>();
        ((GrainsProxy)(object)factory)._grain = grain;
        return factory;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _grain((string)args![0]!);
}
