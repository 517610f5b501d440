namespace GuestSessions.Storage.Sqlite;

/// <summary>One statement, or a few, from a file beside this one.</summary>
internal sealed class SqlScript
{
    private SqlScript(string name) => Text = EmbeddedSql.Read(name);

    public string Text { get; }

    public static SqlScript Connect { get; } = new("Connect");
    public static SqlScript Schema { get; } = new("Schema");
    public static SqlScript Lists { get; } = new("Lists");
    public static SqlScript History { get; } = new("History");
    public static SqlScript InsertRevisit { get; } = new("InsertRevisit");
    public static SqlScript ReadMark { get; } = new("ReadMark");
    public static SqlScript ReadOldest { get; } = new("ReadOldest");
    public static SqlScript ReadRevisits { get; } = new("ReadRevisits");
    public static SqlScript FindRow { get; } = new("FindRow");
    public static SqlScript DeleteRevisits { get; } = new("DeleteRevisits");
    public static SqlScript SaveAside { get; } = new("SaveAside");
    public static SqlScript DeleteAside { get; } = new("DeleteAside");
    public static SqlScript InsertAct { get; } = new("InsertAct");
    public static SqlScript ReadAside { get; } = new("ReadAside");
    public static SqlScript ReadBacklog { get; } = new("ReadBacklog");
    public static SqlScript ReadHotBacklog { get; } = new("ReadHotBacklog");
    public static SqlScript ReadAudit { get; } = new("ReadAudit");
    public static SqlScript ReadAuditOfGuest { get; } = new("ReadAuditOfGuest");
    public static SqlScript SaveOperation { get; } = new("SaveOperation");
    public static SqlScript ReadOperation { get; } = new("ReadOperation");
    public static SqlScript ReadRunning { get; } = new("ReadRunning");
    public static SqlScript DeleteEnded { get; } = new("DeleteEnded");
    public static SqlScript InsertRejection { get; } = new("InsertRejection");
    public static SqlScript TrimRejections { get; } = new("TrimRejections");
    public static SqlScript ReadRejections { get; } = new("ReadRejections");
    public static SqlScript DeleteRejections { get; } = new("DeleteRejections");
    public static SqlScript ReadExtTypes { get; } = new("ReadExtTypes");
    public static SqlScript InsertExtType { get; } = new("InsertExtType");
    public static SqlScript DeleteExtTypes { get; } = new("DeleteExtTypes");
    public static SqlScript CountTenant { get; } = new("CountTenant");
    public static SqlScript Owners { get; } = new("Owners");
    public static SqlScript Audit { get; } = new("Audit");
    public static SqlScript Rejections { get; } = new("Rejections");
    public static SqlScript DeleteActs { get; } = new("DeleteActs");
    public static SqlScript ReadSecret { get; } = new("ReadSecret");
    public static SqlScript InsertHead { get; } = new("InsertHead");
    public static SqlScript MoveHead { get; } = new("MoveHead");
    public static SqlScript MoveHeadAndPending { get; } = new("MoveHeadAndPending");
    public static SqlScript InsertCommit { get; } = new("InsertCommit");
    public static SqlScript InsertTerm { get; } = new("InsertTerm");
    public static SqlScript ReadBack { get; } = new("ReadBack");
    public static SqlScript ReadHead { get; } = new("ReadHead");
    public static SqlScript ReadSnapshot { get; } = new("ReadSnapshot");
    public static SqlScript ReadCommits { get; } = new("ReadCommits");
    public static SqlScript SaveSnapshot { get; } = new("SaveSnapshot");
    public static SqlScript ReadPending { get; } = new("ReadPending");
    public static SqlScript FindNames { get; } = new("FindNames");
    public static SqlScript ReadUncovered { get; } = new("ReadUncovered");
    public static SqlScript DeleteExpired { get; } = new("DeleteExpired");
    public static SqlScript Tenants { get; } = new("Tenants");
    public static SqlScript ReadTenant { get; } = new("ReadTenant");
    public static SqlScript SaveTenant { get; } = new("SaveTenant");
    public static SqlScript InsertOwner { get; } = new("InsertOwner");
    public static SqlScript MoveOwner { get; } = new("MoveOwner");
    public static SqlScript ReadOwner { get; } = new("ReadOwner");
}
