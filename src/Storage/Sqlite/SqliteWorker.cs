using System.Collections.Concurrent;
using GuestSessions.Core.Journal;
using Microsoft.Data.Sqlite;

namespace GuestSessions.Storage.Sqlite;

/// <summary>
/// One queue and the threads that process it, each with a connection of its own. SQLite blocks its caller until the disk
/// has answered, and a small thread pool cannot spare a thread for that.
/// </summary>
internal sealed class SqliteWorker : IAsyncDisposable
{
    // Primary result codes of https://sqlite.org/rescode.html: the file is damaged, or is not a database.
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private readonly Func<SqliteSession> _open;
    private readonly BlockingCollection<Func<SqliteSession?, SqliteSession?>> _queue;
    private readonly Task _ended;

    /// <param name="open">Opens a connection; called again after every failure.</param>
    /// <param name="capacity">Maximum number of waiting jobs; more are rejected at once.</param>
    public SqliteWorker(string name, int threads, int capacity, Func<SqliteSession> open)
    {
        _open = open;
        _queue = new BlockingCollection<Func<SqliteSession?, SqliteSession?>>(capacity);
        _ended = Task.WhenAll(Enumerable.Range(1, threads).Select(number => StartThread($"{name} {number}")));
    }

    /// <summary>Runs the work on one of the threads. After a failure that thread opens a new connection.</summary>
    /// <exception cref="JournalUnavailableException">SQLite refused, too much work waits, or it is closed.</exception>
    /// <exception cref="JournalCorruptException">The data file is damaged.</exception>
    public async Task<T> RunAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!TryEnqueue(session => cancellation.IsCancellationRequested ? session : Run(session, work, done)))
            throw new JournalUnavailableException("Too much work waits for SQLite, or the store is closed.");
        return await done.Task.WaitAsync(cancellation);
    }

    /// <summary>Rejects more work, finishes the waiting work, and closes the connections.</summary>
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

    /// <returns>The session for the next job; null to open a new one.</returns>
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
            // Closes first, then answers: once the caller sees the failure, its transaction can no longer commit.
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
