using System.Collections.Concurrent;
using GuestSessions.Core.Journal;
using Microsoft.Data.Sqlite;

namespace GuestSessions.Storage.Sqlite;

/// <summary>
/// Threads of their own with a connection each, working off one queue. SQLite blocks its caller until the
/// disk has answered; a pool of two threads could not spare one for that.
/// </summary>
internal sealed class SqliteLane : IAsyncDisposable
{
    // Primary result codes of https://sqlite.org/rescode.html: what is on disk is not a database any more.
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private readonly Func<SqliteSession> _open;
    private readonly BlockingCollection<Func<SqliteSession?, SqliteSession?>> _queue;
    private readonly Task _ended;

    /// <param name="open">Opens a connection; called again after every failure.</param>
    /// <param name="capacity">Jobs that may wait; beyond them work is refused at once.</param>
    public SqliteLane(string name, int threads, int capacity, Func<SqliteSession> open)
    {
        _open = open;
        _queue = new BlockingCollection<Func<SqliteSession?, SqliteSession?>>(capacity);
        _ended = Task.WhenAll(Enumerable.Range(1, threads).Select(number => StartThread($"{name} {number}")));
    }

    /// <summary>
    /// Runs the work on one of the lane's threads. Work that fails costs that thread its connection.
    /// </summary>
    /// <exception cref="JournalUnavailableException">
    /// SQLite refused, too much waits, or the lane is closed.
    /// </exception>
    /// <exception cref="JournalCorruptException">The data file is damaged.</exception>
    public async Task<T> RunAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!TryEnqueue(session => cancellation.IsCancellationRequested ? session : Run(session, work, done)))
            throw new JournalUnavailableException("Too much work waits for SQLite, or it is closed.");
        return await done.Task.WaitAsync(cancellation);
    }

    /// <summary>Takes no more work, finishes what waits, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAdding();
        await _ended;
    }

    private bool TryEnqueue(Func<SqliteSession?, SqliteSession?> job)
    {
        try
        {
            return _queue.TryAdd(job);
        }
        catch (InvalidOperationException)
        {
            return false; // Closed.
        }
    }

    private Task StartThread(string name)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            SqliteSession? session = null;
            foreach (var job in _queue.GetConsumingEnumerable())
                session = job(session);
            session?.Dispose();
            ended.SetResult();
        })
        { IsBackground = true, Name = name }.Start();
        return ended.Task;
    }

    /// <returns>The session the next job uses; null to open a fresh one.</returns>
    private SqliteSession? Run<T>(
        SqliteSession? session, Func<SqliteSession, T> work, TaskCompletionSource<T> done)
    {
        try
        {
            session ??= _open();
            done.SetResult(work(session));
            return session;
        }
        catch (Exception failure)
        {
            // First closed, then told: an open transaction can no longer be committed when the caller hears
            // of it.
            session?.Dispose();
            done.SetException(Translate(failure));
            return null;
        }
    }

    private static Exception Translate(Exception failure) => failure switch
    {
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } =>
            new JournalCorruptException("The data file of the journal is damaged.", failure),
        SqliteException => new JournalUnavailableException("SQLite refused the journal's work.", failure),
        _ => failure,
    };
}
