using System.Diagnostics.CodeAnalysis;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Receipts;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Telemetry;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Operations;

/// <summary>
/// Runs one operation in the background of its calls. It stores its progress step by step, so another activation continues
/// after a crash. An interrupted step is repeated, which does no harm.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The activation's life ends in OnDeactivateAsync.")]
[GrainType("operation")]
public sealed partial class OperationGrain(
    IOperationStore store, IGuestLists lists, OperationPorts ports, SessionInstruments instruments, TimeProvider time,
    ILogger<OperationGrain> logger) : Grain, IOperationGrain
{
    private static readonly TimeSpan KeepBusy = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _stopped = new();
    private CancellationTokenSource? _run;
    private string _tenant = "";
    private string _id = "";
    private OperationRecord? _record;
    private Task _running = Task.CompletedTask;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        var slash = key.LastIndexOf('/');
        (_tenant, _id) = (key[..slash], key[(slash + 1)..]);
        _record = await store.LoadAsync(_tenant, _id, cancellationToken);
        Go();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopped.CancelAsync();
        _run?.Dispose();
        _stopped.Dispose();
    }

    public async Task<OperationView> ActAsync(BulkRequest bulk, ActMessage act, string? request)
    {
        if (MayBegin(request))
        {
            var record = new OperationRecord
            {
                Id = _id,
                Tenant = _tenant,
                Kind = bulk.Kind,
                Act = act.At(time.GetUtcNow()),
                Request = request,
                InDoubt = bulk.InDoubt,
                Delivered = bulk.Delivered,
                Type = bulk.Type,
                Code = bulk.Code,
            };
            var kind = bulk.Kind switch
            {
                OperationRecord.BulkDiscardKind => ActNames.BulkDiscardStarted,
                OperationRecord.BulkResolveKind => ActNames.BulkResolveStarted,
                _ => ActNames.BulkRedriveStarted,
            };
            await lists.AppendActAsync(_tenant, new RecordedAct(kind, record.Act), CancellationToken.None);
            await BeginAsync(record);
        }

        return View(_record!);
    }

    public async Task<OperationView?> ReplayAsync(IReadOnlyList<string> lines, ReplayRange range, ActMessage act, string? request)
    {
        if (MayBegin(request))
        {
            List<ReplayedLine> begun = [];
            foreach (var line in lines)
            {
                if (await GrainFactory.GetGrain<IGuestGrain>(line).BeginReplayAsync(_id, range, act) is { } last)
                    begun.Add(new ReplayedLine(line, last));
            }

            if (begun.Count == 0)
            {
                DeactivateOnIdle();
                return null;
            }

            List<ReplayedLine> covered = begun.FindAll(line => line.Last >= range.First);
            var first = covered.FirstOrDefault() ?? begun[0];
            await BeginAsync(new OperationRecord
            {
                Id = _id,
                Tenant = _tenant,
                Kind = OperationRecord.ReplayKind,
                Act = act.At(time.GetUtcNow()),
                Request = request,
                Guest = first.Guest,
                First = range.First,
                Last = first.Last,
                Further = covered.Count > 1 ? covered[1..] : null,
                From = range.From,
                To = range.To,
                Type = range.Type,
                Orders = range.Orders,
                Next = range.First,
                Total = covered.Sum(line => line.Last - range.First + 1),
                EndedAt = covered.Count == 0 ? time.GetUtcNow() : null,
            });
        }

        return View(_record!);
    }

    public Task<OperationView?> ReadAsync()
    {
        var view = _record is { } record ? View(record) : null;
        if (view is null)
            DeactivateOnIdle();
        return Task.FromResult(view);
    }

    public async Task<OperationView?> CancelAsync(ActMessage act)
    {
        if (_record is null)
        {
            DeactivateOnIdle();
            return null;
        }

        if (_record.EndedAt is null)
        {
            var cancelled = act.At(time.GetUtcNow());
            await lists.AppendActAsync(
                _tenant, new RecordedAct(ActNames.OperationCancelled, cancelled), CancellationToken.None);
            await (_run?.CancelAsync() ?? Task.CompletedTask);
            await _running;
            await SaveAsync(_record.CancelledBy(cancelled), []);
        }

        return View(_record);
    }

    public Task<IReadOnlyList<OperationItem>> ReadItemsAsync(long after, int limit)
    {
        if (_record is null)
            DeactivateOnIdle();
        return store.ReadItemsAsync(_tenant, _id, after, limit, CancellationToken.None);
    }

    public Task EnsureRunningAsync()
    {
        Go();
        return Task.CompletedTask;
    }

    private bool MayBegin(string? request) =>
        _record is null || (_record.IsBegunAgainBy(request) && _running.IsCompleted);

    private async Task BeginAsync(OperationRecord record)
    {
        try
        {
            await SaveAsync(record, []);
        }
        catch
        {
            // It may have been stored nevertheless. The next activation reads the store.
            DeactivateOnIdle();
            throw;
        }

        Go();
    }

    private void Go()
    {
        if (_record is not { EndedAt: null } record || !_running.IsCompleted)
            return;
        _run?.Dispose();
        _run = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token);
        _running = RunAsync(record, _run.Token);
    }

    private async Task RunAsync(OperationRecord record, CancellationToken cancellation)
    {
        try
        {
            DelayDeactivation(KeepBusy);
            await (record.Kind switch
            {
                OperationRecord.ReplayKind => new Replay(ReplayAsync, SaveAsync, time).RunAsync(record, cancellation),
                OperationRecord.ErasureKind => EraseAsync(record, cancellation),
                OperationRecord.ExportKind => ExportAsync(record, cancellation),
                _ => new BulkAct(lists, ActAsync, SaveAsync, time).RunAsync(record, cancellation),
            });
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // A person cancelled it, or the silo is shutting down: then recovery continues it on another silo.
        }
        catch (Exception exception)
        {
            LogCutShort(_id, exception);
            // Whoever cancelled it waits for this run to end, however it ends.
            if (!cancellation.IsCancellationRequested)
                await CountFailureAsync();
        }
    }

    private async Task<IReadOnlyList<long>?> ActAsync(
        Core.Guests.GuestKey guest, IReadOnlyList<long> sequences, OperationRecord record)
    {
        try
        {
            return await GrainFactory.GetGrain<IGuestGrain>(guest.ToString()).ActManyAsync(
                record.Kind, record.Delivered, sequences, new ActMessage(record.Act.By, record.Act.Reason, record.Act.Via));
        }
        catch (Exception exception) when (record.Failures >= OperationRecord.FailuresOfGuests)
        {
            // Whatever is wrong with this guest, the others shall not wait for it. A person sees its events among the items.
            LogGuestLeftOut(_id, guest.HashText, exception);
            return null;
        }
    }

    private Task<ReplayProgressMade> ReplayAsync(OperationRecord record)
    {
        DelayDeactivation(KeepBusy);
        return GrainFactory.GetGrain<IGuestGrain>(record.Guest!).StepReplayAsync(
            record.Id, new ReplayRange(record.First, record.Last, record.From, record.To, record.Type)
            {
                Orders = record.Orders,
            },
            record.Next);
    }

    /// <summary>Counts an interruption. After too many of them the operation fails, so that a person looks at it.</summary>
    private async Task CountFailureAsync()
    {
        try
        {
            await SaveAsync(_record!.CutShort(time.GetUtcNow()), []);
        }
        catch (Exception exception)
        {
            // The store caused the interruption, which therefore does not count.
            LogCutShort(_id, exception);
        }
    }

    private async Task SaveAsync(OperationRecord record, IReadOnlyList<OperationItem> items)
    {
        await store.SaveAsync(record, items, _record?.Items ?? 0, CancellationToken.None);
        if (_record?.EndedAt is null && record.EndedAt is not null)
            instruments.OperationEnded(_tenant, record.Kind, record.HasFailed);
        _record = record;
        DelayDeactivation(KeepBusy);
    }

    internal static OperationView View(OperationRecord record) => new(
        record.Id, record.Kind, record.Act.At, record.EndedAt, record.Total, record.Redriven, record.Skipped)
    {
        Replayed = record.Replayed,
        Discarded = record.Discarded,
        Resolved = record.Resolved,
        Unknown = record.Unknown,
        HasFailed = record.HasFailed,
        Request = record.Request,
        Cancelled = record.Cancelled,
        Act = record.Act,
        Type = record.Type,
        Code = record.Code,
        Certificate = record.Erasure?.Certificate,
        Export = record.Export is { } export ? export with { Guest = null } : null,
    };
}
