namespace GuestSessions.Storage.Postgres;

/// <summary>One statement each, from a file beside this one.</summary>
internal static class PostgresScript
{
    public static string Session { get; } = Read("Session");
    public static string ByKey { get; } = Read("ByKey");
    public static string ReadServer { get; } = Read("ReadServer");
    public static string ReadSecret { get; } = Read("ReadSecret");
    public static string WriteBatch { get; } = Read("WriteBatch");
    public static string Backend { get; } = Read("Backend");
    public static string EndBackend { get; } = Read("EndBackend");
    public static string LockHeads { get; } = Read("LockHeads");
    public static string ReadBack { get; } = Read("ReadBack");
    public static string Load { get; } = Read("Load");
    public static string ReadPage { get; } = Read("ReadPage");
    public static string Trace { get; } = Read("Trace");
    public static string FindRow { get; } = Read("FindRow");
    public static string DeleteRevisits { get; } = Read("DeleteRevisits");
    public static string SaveSnapshots { get; } = Read("SaveSnapshots");
    public static string ReadPending { get; } = Read("ReadPending");
    public static string FindNames { get; } = Read("FindNames");
    public static string ReadUncovered { get; } = Read("ReadUncovered");
    public static string CountCovered { get; } = Read("CountCovered");
    public static string DeleteCovered { get; } = Read("DeleteCovered");
    public static string DeleteMisdated { get; } = Read("DeleteMisdated");
    public static string ReadPartitions { get; } = Read("ReadPartitions");
    public static string AddPartition { get; } = Read("AddPartition");
    public static string RemovePartition { get; } = Read("RemovePartition");
    public static string LockOwners { get; } = Read("LockOwners");
    public static string InsertOwners { get; } = Read("InsertOwners");
    public static string MoveOwners { get; } = Read("MoveOwners");
    public static string ReadOwners { get; } = Read("ReadOwners");
    public static string SchemaVersion { get; } = Read("SchemaVersion");
    public static string AddVersion { get; } = Read("AddVersion");
    public static string ReadTenant { get; } = Read("ReadTenant");
    public static string SaveTenant { get; } = Read("SaveTenant");

    public static string ReadAside { get; } = Read("ReadAside");
    public static string ReadBacklog { get; } = Read("ReadBacklog");
    public static string ReadHotBacklog { get; } = Read("ReadHotBacklog");
    public static string ReadAudit { get; } = Read("ReadAudit");
    public static string ReadAuditOfGuest { get; } = Read("ReadAuditOfGuest");
    public static string SaveOperation { get; } = Read("SaveOperation");
    public static string ReadOperation { get; } = Read("ReadOperation");
    public static string ReadRunning { get; } = Read("ReadRunning");
    public static string DeleteEnded { get; } = Read("DeleteEnded");
    public static string InsertRejections { get; } = Read("InsertRejections");
    public static string TrimRejections { get; } = Read("TrimRejections");
    public static string ReadRejections { get; } = Read("ReadRejections");
    public static string DeleteRejections { get; } = Read("DeleteRejections");
    public static string ReadExtTypes { get; } = Read("ReadExtTypes");
    public static string InsertExtTypes { get; } = Read("InsertExtTypes");
    public static string DeleteExtTypes { get; } = Read("DeleteExtTypes");
    public static string CountTenant { get; } = Read("CountTenant");
    public static string InsertAct { get; } = Read("InsertAct");
    public static string DeleteActs { get; } = Read("DeleteActs");

    private static string Read(string name) => EmbeddedSql.Read($"postgres/{name}");
}
