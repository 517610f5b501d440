using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Privacy;
using GuestSessions.Core.Receipts;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Operations;

/// <summary>Erasures, exports and their files.</summary>
public sealed partial class OperationGrain
{
    public async Task<OperationView> EraseAsync(IReadOnlyList<string> guests, ActMessage act, string? request)
    {
        if (MayBegin(request))
        {
            var now = time.GetUtcNow();
            await BeginAsync(_record is { Erasure: not null } failed
                ? failed with { HasFailed = false, Failures = 0, EndedAt = null }
                : new OperationRecord
                {
                    Id = _id,
                    Tenant = _tenant,
                    Kind = OperationRecord.ErasureKind,
                    Act = act.At(now),
                    Request = request,
                    Total = guests.Count,
                    Erasure = new ErasureProgress
                    {
                        Waiting = [.. guests.Select(static (guest, at) => new ErasureTarget(guest, at + 1))],
                        Certificate = ErasureCertificate.Empty with { FileUntil = now + ports.Privacy.HandOffLifetime },
                    },
                });
        }

        return View(_record!);
    }

    public async Task<OperationView> ExportAsync(string guest, ActMessage act, string? request)
    {
        if (MayBegin(request))
        {
            var key = ports.Journal.Keyring.KeyOf(_tenant, guest);
            var record = new OperationRecord
            {
                Id = _id,
                Tenant = _tenant,
                Kind = OperationRecord.ExportKind,
                Act = act.At(time.GetUtcNow()),
                Request = request,
                Guest = key.ToString(),
                Export = new ExportProgress { Guest = guest },
            };
            await lists.AppendActAsync(
                _tenant, new RecordedAct(ActNames.GuestExported, record.Act), CancellationToken.None, key);
            await BeginAsync(record);
        }

        return View(_record!);
    }

    public async Task<byte[]?> TakeFileAsync(ActMessage act)
    {
        if (_record is not { EndedAt: not null } record)
            return null;
        var taken = act.At(time.GetUtcNow());
        var kind = record.Kind == OperationRecord.ExportKind ? ActNames.ExportTaken : ActNames.ErasureFileTaken;
        GuestKey? guest = record.Guest is { } key ? GuestKey.Parse(key) : null;
        // The audit first: a file that is taken is always recorded, and one that was not taken may be.
        await lists.AppendActAsync(_tenant, new RecordedAct(kind, taken), CancellationToken.None, guest);
        if (await ports.Files.TakeAsync(_tenant, _id, taken.At, CancellationToken.None) is not { } file)
            return null;
        await SaveAsync(
            record with
            {
                Erasure = record.Erasure is { } erasure
                    ? erasure with { Certificate = erasure.Certificate with { FileTaken = taken } }
                    : null,
                Export = record.Export is { } export ? export with { FileTaken = taken } : null,
            },
            []);
        _ = CompactAsync();
        return file;
    }

    /// <summary>Makes the store give up the rows of the file. It does that by itself later if this fails.</summary>
    private async Task CompactAsync()
    {
        try
        {
            await ports.Erasures.CompactAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            // Nobody awaits this: only the log can say what failed, whatever it was.
            LogNotCompacted(_id, exception);
        }
    }

    public async Task<OperationView?> RecordDoneUpstreamAsync(ActMessage act)
    {
        if (_record is not { EndedAt: not null, Erasure: { } erasure } record)
            return null;
        var done = act.At(time.GetUtcNow());
        await lists.AppendActAsync(_tenant, new RecordedAct(ActNames.ErasureDoneUpstream, done), CancellationToken.None);
        await SaveAsync(
            record with { Erasure = erasure with { Certificate = erasure.Certificate with { DoneUpstream = done } } }, []);
        return View(_record);
    }

    public async Task ForgetAsync()
    {
        if (_record is null)
        {
            DeactivateOnIdle();
            return;
        }

        await (_run?.CancelAsync() ?? Task.CompletedTask);
        await _running;
        var record = _record;
        await ports.Files.DeleteAsync(_tenant, _id, CancellationToken.None);
        await SaveAsync(
            record with
            {
                Act = record.Act with { Reason = null },
                Cancelled = record.Cancelled is { } cancelled ? cancelled with { Reason = null } : null,
                Export = record.Export is { } export ? export with { Guest = null } : null,
                HasFailed = record.HasFailed || record.EndedAt is null,
                EndedAt = record.EndedAt ?? time.GetUtcNow(),
            },
            []);
    }

    private Task<OperationRecord> EraseAsync(OperationRecord record, CancellationToken cancellation) =>
        new Erasure(
            new ErasedGuests(_tenant, GrainFactory, ports.Journal.Keyring, ports.Erasures, store),
            ports.Privacy.SecondSearchAfter, SaveAsync, time).RunAsync(record, cancellation);
}
