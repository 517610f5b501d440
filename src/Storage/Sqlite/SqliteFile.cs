using GuestSessions.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace GuestSessions.Storage.Sqlite;

/// <summary>
/// The data file and the lock file beside it. SQLite itself would allow a second process, and then the grains of the
/// two processes would fence each other on every commit. So one file serves one process.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly string _path;
    private FileStream? _lock;

    public SqliteFile(string connectionString)
    {
        var builder = ConnectionStrings.Sqlite(connectionString);
        builder.Mode = SqliteOpenMode.ReadWriteCreate;
        builder.Pooling = false; // A failed connection must be closed, not reused.
        builder.DefaultTimeout = 5;
        if (builder.DataSource is "" or ":memory:")
            throw new ArgumentException("SQLite needs a file: Data Source=path.", nameof(connectionString));
        _path = Path.GetFullPath(builder.DataSource);
        builder.DataSource = _path;
        ConnectionString = builder.ToString();
    }

    public string ConnectionString { get; }

    /// <summary>
    /// Creates the folder and takes the lock, which the system releases when the process ends.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another process holds the lock.</exception>
    public void Lock()
    {
        if (Directory.Exists(_path))
        {
            throw new InvalidOperationException(
                $"Sessions:Storage:ConnectionString: {_path} is a folder; name a file, like Data Source=data/sessions.db.");
        }

        PrivateFiles.CreateFolder(Path.GetDirectoryName(_path)!);
        try
        {
            _lock = PrivateFiles.Open($"{_path}.lock", FileShare.None);
        }
        catch (IOException failure)
        {
            throw new InvalidOperationException(
                $"{_path} is in use by another process, or its lock file cannot be created. "
                + "One file serves one process.",
                failure);
        }

        // SQLite creates its log and its index with the mode of the data file.
        PrivateFiles.Open(_path, FileShare.ReadWrite).Dispose();
        foreach (var beside in (string[])["-wal", "-shm", "-journal"])
            PrivateFiles.Tighten(_path + beside);
    }

    public void Dispose() => _lock?.Dispose();
}
