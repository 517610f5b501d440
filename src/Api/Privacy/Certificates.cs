using GuestSessions.Api.Guests;
using GuestSessions.Core.Options;
using GuestSessions.Core.Privacy;

namespace GuestSessions.Api.Privacy;

/// <summary>Turns the certificate of an erasure into a body, with what follows from the settings of the host.</summary>
internal static class Certificates
{
    public static CertificateBody From(ErasureCertificate certificate, DateTimeOffset? endedAt, PrivacyOptions options)
    {
        var rows = certificate.Erased;
        return new CertificateBody
        {
            Guests = certificate.Guests,
            Browsers = certificate.Lines,
            Skipped = certificate.Skipped,
            Events = certificate.Events,
            Undelivered = certificate.Undelivered,
            InDoubt = certificate.InDoubt,
            Rows = new ErasedRowsBody(
                rows.Commits, rows.Snapshots, rows.Terms, rows.Browsers, rows.SetAside, rows.Acts, rows.Rejections, rows.Items,
                rows.Operations),
            OnTheirWay = [.. (certificate.OnTheWay ?? []).Select(static sent =>
                new OnItsWayBody(sent.Sequence, TextMask.Mask(sent.Type), sent.Attempt))],
            OnTheirWayCount = certificate.OnTheWayCount,
            Remains = Remains(certificate, endedAt, options),
            FileUntil = certificate.FileUntil,
            FileTaken = certificate.FileTaken is { } taken ? GuestBodies.From(taken) : null,
            DoneUpstream = certificate.DoneUpstream is { } done ? GuestBodies.From(done) : null,
        };
    }

    private static List<RemainsBody> Remains(ErasureCertificate certificate, DateTimeOffset? endedAt, PrivacyOptions options)
    {
        List<RemainsBody> remains = [];
        if (certificate.Storage is { } storage)
            remains.AddRange(storage.Store == "postgres" ? OfPostgres(storage) : OfSqlite(storage));
        remains.Add(options.BackupRetention is { } kept && endedAt is { } ended
            ? new RemainsBody("backups", ended + kept, "Backups that were made before this time expire by then.")
            : new RemainsBody("backups", null, "The service does not know how long backups are kept: see Sessions:Privacy:BackupRetention."));
        if (certificate.DoneUpstream is null)
            remains.Add(new RemainsBody(
                "upstream", null,
                "What was delivered, and what was on its way or in doubt, until the upstream deletes it: take the file, upload it "
                + "to the Batch API, and record that it is done."));
        remains.Add(new RemainsBody(
            "other_guests", null,
            "A guest that shared a browser keeps the guest id of the erased one in its sessions, and no other value."));
        return remains;
    }

    private static IEnumerable<RemainsBody> OfSqlite(StorageRemains storage)
    {
        if (!storage.IsComplete)
            yield return new RemainsBody(
                "write_ahead_log", null,
                $"A reader kept the log from being emptied: {storage.LogFrames} pages are left in it until the next checkpoint.");
    }

    private static IEnumerable<RemainsBody> OfPostgres(StorageRemains storage)
    {
        yield return new RemainsBody("database", null, storage.HeldBackBy switch
        {
            null => "The tables are vacuumed. Free space in their pages keeps old bytes until it is used again.",
            StorageRemains.Transaction =>
                "A transaction or a replication slot that is older than the erasure kept dead rows from being removed. A later "
                + "vacuum removes them once it has ended.",
            StorageRemains.Permission => "The service may not vacuum the tables, because it does not own them. Autovacuum does.",
            _ => "The vacuum was interrupted. Autovacuum continues it.",
        });
        yield return new RemainsBody(
            "write_ahead_log", null, "Until the server recycles these segments, and archives of them expire.");
        yield return new RemainsBody("standby", null, "Until each standby has replayed the erasure and the vacuum.");
    }
}
