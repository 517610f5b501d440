using System.Threading.Channels;
using GuestSessions.Core.Journal;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Storage.GroupCommit;

/// <summary>
/// Turns the single rows of many grains into few transactions. While one batch is at the disk the next
/// gathers; nothing lingers to fill a batch.
/// </summary>
/// <remarks>
/// The writer owns no thread and starts no task elsewhere: its loop runs in the context <see cref="Start"/>
/// was called in. Production calls it from host start-up, which is the thread pool; a simulation calls it
/// from its own single-threaded context and gets the same order of things every time.
/// </remarks>
/// <param name="firstCommit">
/// The first commit id, counted up from here. Random where several processes write to one store in turn.
/// </param>
public sealed partial class GroupCommitWriter(
    IJournalRows store,
    GroupCommitLimits limits,
    TimeProvider time,
    JournalMetrics metrics,
    ILogger logger,
    long firstCommit) : IAsyncDisposable
{
    private readonly Channel<WaitingRow> _waiting =
        Channel.CreateUnbounded<WaitingRow>(new UnboundedChannelOptions { SingleReader = true });

    private readonly ILogger _logger = logger;

    private long _waitingRows;
    private long _waitingBytes;
    private long _nextCommit = firstCommit;
    private bool _unavailable;
    private long _failedAt;
    private Task _loop = Task.CompletedTask;

    /// <summary>Rows handed over and not yet taken into a batch.</summary>
    public long WaitingRows => Interlocked.Read(ref _waitingRows);

    /// <summary>
    /// Whether more should be handed over. Four fifths of the bounds are for everybody, the rest for what must not be refused.
    /// After a failure one second passes before the next commit is asked to find out.
    /// </summary>
    public JournalCapacity Capacity =>
        Volatile.Read(ref _unavailable) && time.GetElapsedTime(Interlocked.Read(ref _failedAt)) < limits.RetryAfterFailure
            ? JournalCapacity.Failing
            : WaitingRows > limits.WaitingRows / 5 * 4
                || Interlocked.Read(ref _waitingBytes) > limits.WaitingBytes / 5 * 4
                ? JournalCapacity.Crowded
                : JournalCapacity.Free;

    /// <summary>Starts the loop in the current context; called once.</summary>
    /// <exception cref="InvalidOperationException">
    /// Called from a grain, whose scheduler it would occupy.
    /// </exception>
    public void Start()
    {
        if (TaskScheduler.Current != TaskScheduler.Default)
            throw new InvalidOperationException("The group commit starts with the host, not inside a grain.");
        _loop = RunAsync();
    }

    /// <summary>Hands a row over and waits until it is on disk.</summary>
    /// <param name="cancellation">Ends the wait only: whether the row was written is then unknown.</param>
    /// <exception cref="JournalUnavailableException">
    /// Too much waits, the store failed, or the writer is closed.
    /// </exception>
    public Task<AppendResult> AppendAsync(JournalRow row, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Admit(row);
        var waiting = new WaitingRow(row, cancellation);
        if (!_waiting.Writer.TryWrite(waiting))
        {
            Release(row);
            waiting.Fail(new JournalUnavailableException("The journal is closed."));
        }

        return waiting.Answer;
    }

    /// <summary>Takes no more rows, writes those that wait, and returns when the loop has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var batch = Gather();
            if (batch.Count > 0)
                await CommitAsync(batch);
        }
    }

    /// <summary>
    /// What waits, up to the bounds of a batch, in key order; rows of one guest stay in theirs.
    /// </summary>
    private List<WaitingRow> Gather()
    {
        var batch = new List<WaitingRow>();
        var bytes = 0L;
        while (batch.Count < limits.BatchRows && _waiting.Reader.TryPeek(out var next)
            && (batch.Count == 0 || bytes + next.Row.Size <= limits.BatchBytes))
        {
            _waiting.Reader.TryRead(out _);
            Release(next.Row);
            if (next.IsAbandoned)
                continue;
            bytes += next.Row.Size;
            batch.Add(next);
        }

        return [.. batch.OrderBy(waiting => waiting.Row.Guest)];
    }

    private async Task CommitAsync(List<WaitingRow> batch)
    {
        var rows = batch.ConvertAll(waiting => waiting.Row);
        var commit = _nextCommit++;
        var started = time.GetTimestamp();
        try
        {
            var results = await store.WriteAsync(rows, commit);
            metrics.Committed(time.GetElapsedTime(started), rows.Count);
            NoteAvailable(); // Before anyone is told, who may look at once whether there is room.
            for (var i = 0; i < batch.Count; i++)
                batch[i].Complete(results[i]);
        }
        catch (Exception failure)
        {
            NoteUnavailable(failure);
            await SettleAsync(batch, rows, commit, failure);
        }
    }

    /// <summary>The commit failed, which does not say that it did not happen: the store is asked.</summary>
    private async Task SettleAsync(
        List<WaitingRow> batch, List<JournalRow> rows, long commit, Exception failure)
    {
        var written = await TryReadBackAsync(rows, commit);
        // One transaction: one row on disk proves that the commit happened, so the others were fenced in it.
        // None proves nothing about why, and nobody may act on a guess.
        if (written.Contains(true))
        {
            LogCommitFound(rows.Count);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Complete(written[i] ? AppendResult.Written : AppendResult.Fenced);
            return;
        }

        foreach (var waiting in batch)
            waiting.Fail(new JournalUnavailableException("The commit could not be made durable.", failure));
    }

    private async Task<IReadOnlyList<bool>> TryReadBackAsync(List<JournalRow> rows, long commit)
    {
        try
        {
            return await store.ReadBackAsync(rows, commit);
        }
        catch (Exception failure)
        {
            LogReadBackFailed(failure);
            return [];
        }
    }

    private void Admit(JournalRow row)
    {
        var rows = Interlocked.Increment(ref _waitingRows);
        var bytes = Interlocked.Add(ref _waitingBytes, row.Size);
        if (rows <= limits.WaitingRows && bytes <= limits.WaitingBytes)
            return;
        Release(row);
        throw new JournalUnavailableException("Too many commits wait for the journal.");
    }

    private void Release(JournalRow row)
    {
        Interlocked.Decrement(ref _waitingRows);
        Interlocked.Add(ref _waitingBytes, -row.Size);
    }

    private void NoteUnavailable(Exception failure)
    {
        if (!_unavailable)
            LogUnavailable(failure);
        Interlocked.Exchange(ref _failedAt, time.GetTimestamp());
        Volatile.Write(ref _unavailable, true);
    }

    private void NoteAvailable()
    {
        if (_unavailable)
            LogRecovered();
        Volatile.Write(ref _unavailable, false);
    }
}
