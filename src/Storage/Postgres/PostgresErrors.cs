using System.Net.Sockets;
using GuestSessions.Core.Journal;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>Classifies failures of the server and of its connections for the journal.</summary>
internal static class PostgresErrors
{
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private const string DataDamaged = "XX001";
    private const string IndexDamaged = "XX002";

    /// <summary>
    /// The server rolled the statement back because of concurrent writers, so it can be retried.
    /// </summary>
    public static bool IsConflict(PostgresException failure) =>
        failure.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    /// <summary>The journal has no partition for the server's day.</summary>
    public static bool IsWithoutPartition(PostgresException failure) =>
        failure.SqlState == PostgresErrorCodes.CheckViolation && failure.ConstraintName is null;

    public static bool IsLockNotAvailable(PostgresException failure) =>
        failure.SqlState == PostgresErrorCodes.LockNotAvailable;

    /// <summary>The connection ended, and other connections to the same server may have ended too.</summary>
    public static bool EndsConnections(Exception failure) => failure switch
    {
        PostgresException { SqlState: var state } => state.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException { InnerException: not TimeoutException } => true,
        _ => failure is SocketException or IOException,
    };

    public static Exception Translate(Exception failure) => failure switch
    {
        PostgresException { SqlState: DataDamaged or IndexDamaged } =>
            new JournalCorruptException("PostgreSQL found the journal's tables damaged.", failure),
        NpgsqlException or SocketException or IOException or TimeoutException =>
            new JournalUnavailableException("PostgreSQL refused the journal's work or cannot be reached.", failure),
        _ => failure,
    };
}
