namespace GuestSessions.Storage.Sqlite;

/// <summary>The connections to the data file: one writes, two read.</summary>
internal sealed class SqliteConnections : IAsyncDisposable
{
    private const int ReadThreads = 2;
    private const int WaitingJobs = 10_000;

    private readonly SqliteWorker _writes;
    private readonly SqliteWorker _reads;

    public SqliteConnections(Func<SqliteSession> open)
    {
        _writes = new SqliteWorker("journal writer", threads: 1, WaitingJobs, open);
        _reads = new SqliteWorker("journal reader", ReadThreads, WaitingJobs, open);
    }

    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation) =>
        _writes.RunAsync(work, cancellation);

    /// <summary>Writes in one transaction, which is on disk when the task completes.</summary>
    public Task<T> WriteTogetherAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation) =>
        _writes.RunAsync(session => session.InTransaction(() => work(session), write: true), cancellation);

    public Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellation) =>
        _reads.RunAsync(read, cancellation);

    /// <summary>Reads in one transaction, so that several statements see the same moment.</summary>
    public Task<T> ReadTogetherAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellation) =>
        _reads.RunAsync(session => session.InTransaction(() => read(session), write: false), cancellation);

    public async ValueTask DisposeAsync()
    {
        await _reads.DisposeAsync();
        await _writes.DisposeAsync();
    }
}
