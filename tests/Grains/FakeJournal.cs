using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Tests;

/// <summary>A journal whose appends finish when the test says so.</summary>
internal sealed class FakeJournal : IJournal
{
    private readonly Queue<TaskCompletionSource<AppendResult>> _atTheDisk = new();

    public List<JournalEntry> Appended { get; } = [];

    public List<SessionSnapshot> Snapshots { get; } = [];

    /// <summary>Whether offers of snapshots are accepted.</summary>
    public bool AcceptsSnapshots { get; set; } = true;

    public StoredSession Stored { get; set; } = new(null, []);

    public DateTimeOffset? RestoredAt { get; set; }

    public GuestKeyring Keyring { get; } = new(new byte[GuestKeyring.SecretLength]);

    public Task<AppendResult> AppendAsync(JournalEntry entry, out byte[] kept, CancellationToken cancellation)
    {
        kept = [];
        var answer = new TaskCompletionSource<AppendResult>();
        cancellation.Register(() => answer.TrySetCanceled(cancellation));
        Appended.Add(entry with { Events = [.. entry.Events] });
        _atTheDisk.Enqueue(answer);
        return answer.Task;
    }

    public void Finish(AppendResult result = AppendResult.Written) => _atTheDisk.Dequeue().TrySetResult(result);

    /// <summary>Appends wait for the test.</summary>
    public bool IsWriting => _atTheDisk.Count > 0;

    public void FinishAll()
    {
        while (IsWriting)
            Finish();
    }

    public void Fail() => _atTheDisk.Dequeue().TrySetException(new JournalUnavailableException("The disk is full."));

    public Task<StoredSession> LoadAsync(GuestKey guest, CancellationToken cancellation) => Task.FromResult(Stored);

    public Task SaveSnapshotAsync(GuestKey guest, SessionSnapshot snapshot, CancellationToken cancellation)
    {
        Snapshots.Add(snapshot);
        return Task.CompletedTask;
    }

    public Task RewriteAsync(GuestKey guest, IReadOnlyList<JournalCommit> commits, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public bool OfferSnapshot(GuestKey guest, SessionSnapshot snapshot)
    {
        Snapshots.Add(snapshot);
        return AcceptsSnapshots;
    }

    public IAsyncEnumerable<JournalCommit> ReadAsync(
        GuestKey guest, long afterVersion, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<HistoryTrace> TraceAsync(
        GuestKey guest, long first, long last, CancellationToken cancellation) => throw new NotSupportedException();

    public IAsyncEnumerable<JournalCommit> ReadAsync(
        GuestKey guest, VersionSpan span, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<long?> FindEventAsync(GuestKey guest, string eventId, CancellationToken cancellation) =>
        throw new NotSupportedException();

    /// <summary>Guests with undelivered events.</summary>
    public List<GuestKey> Pending { get; } = [];

    public Task<IReadOnlyList<GuestKey>> ReadPendingAsync(
        GuestKey? after, int limit, CancellationToken cancellation) => PendingFault is { } fault
        ? Task.FromException<IReadOnlyList<GuestKey>>(fault)
        : Task.FromResult<IReadOnlyList<GuestKey>>(
            [.. Pending.Skip(after is { } last ? Pending.IndexOf(last) + 1 : 0).Take(limit)]);

    public Exception? PendingFault { get; set; }

    public Exception? TidyFault { get; set; }

    /// <summary>The moments before which guests' last deliveries had to be.</summary>
    public List<DateTimeOffset> Tidied { get; } = [];

    public Task TidyPendingAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken cancellation)
    {
        Tidied.Add(before);
        return TidyFault is { } fault ? Task.FromException(fault) : Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> FindAsync(
        string tenant, SearchTerm term, string? after, int limit, CancellationToken cancellation) =>
        throw new NotSupportedException();

    /// <summary>Guests with old commits that no snapshot covers.</summary>
    public List<GuestKey> Uncovered { get; } = [];

    /// <summary>How many commits each deletion finds, in turn; then none.</summary>
    public Queue<int> Expired { get; } = new();

    /// <summary>Completes when a deletion found nothing more.</summary>
    public TaskCompletionSource NothingExpired { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<IReadOnlyList<GuestKey>> ReadUncoveredAsync(
        DateTimeOffset before, GuestKey? after, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<GuestKey>>([.. Uncovered]);

    public Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellation)
    {
        if (Expired.TryDequeue(out var found))
            return Task.FromResult(found);
        NothingExpired.TrySetResult();
        return Task.FromResult(0);
    }
}
