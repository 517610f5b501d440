using GuestSessions.Storage.Sql;

namespace GuestSessions.Storage.Sqlite;

/// <summary>The SQL of this store, with one file per concern, such as <c>Sql/owners.sql</c>.</summary>
internal static class SqliteSql
{
    public const string Store = "Sqlite";

    public static SqlFile Connection { get; } = SqlFile.Read(Store, "connection");
    public static SqlFile Journal { get; } = SqlFile.Read(Store, "journal");
    public static SqlFile Trace { get; } = SqlFile.Read(Store, "trace");
    public static SqlFile Retention { get; } = SqlFile.Read(Store, "retention");
    public static SqlFile Owners { get; } = SqlFile.Read(Store, "owners");
    public static SqlFile Lists { get; } = SqlFile.Read(Store, "lists");
    public static SqlFile Operations { get; } = SqlFile.Read(Store, "operations");
    public static SqlFile Rejections { get; } = SqlFile.Read(Store, "rejections");
    public static SqlFile ExtTypes { get; } = SqlFile.Read(Store, "ext-types");
    public static SqlFile Erasures { get; } = SqlFile.Read(Store, "erasures");
    public static SqlFile Files { get; } = SqlFile.Read(Store, "files");
    public static SqlFile Tenants { get; } = SqlFile.Read(Store, "tenants");
}
