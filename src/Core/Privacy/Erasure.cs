using GuestSessions.Core.Operations;

namespace GuestSessions.Core.Privacy;

/// <summary>
/// Erases guests, some at a time, and stores its progress before and after each step, so that another process continues
/// after a crash. When all have a tombstone, it waits until nothing that was under way can still write, searches a second
/// time, and makes the store give up the deleted rows.
/// </summary>
/// <param name="settle">How long something that was under way may still write.</param>
/// <param name="save">Makes a step durable, with what it did to each guest.</param>
public sealed class Erasure(
    IErasedGuests guests, TimeSpan settle, Func<OperationRecord, IReadOnlyList<OperationItem>, Task> save, TimeProvider time)
{
    /// <summary>Number of guests per step.</summary>
    public const int StepSize = 20;

    /// <summary>Runs from the record's position to the end. Running a step twice has the same effect as once.</summary>
    /// <returns>The record that was saved last.</returns>
    public async Task<OperationRecord> RunAsync(OperationRecord record, CancellationToken cancellation)
    {
        while (record.EndedAt is null)
        {
            cancellation.ThrowIfCancellationRequested();
            (record, var items) = await StepAsync(record, record.Erasure!, cancellation);
            await save(record, items);
        }

        return record;
    }

    private async Task<(OperationRecord Record, IReadOnlyList<OperationItem> Items)> StepAsync(
        OperationRecord record, ErasureProgress progress, CancellationToken cancellation)
    {
        if (progress.Begun is { } begun)
            return await EraseAsync(record, progress, begun);
        if (progress.Waiting is { Count: > 0 } waiting)
            return (record with { Erasure = progress with { Begun = await BeginAsync(waiting) } }, []);
        if (progress.SweepAt is not { } sweepAt)
            return (record with { Erasure = progress with { SweepAt = time.GetUtcNow() + settle } }, []);
        if (!progress.IsSwept)
        {
            // A clock that was set back must not make it wait for longer than it has to.
            var wait = sweepAt - time.GetUtcNow();
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait < settle ? wait : settle, time, cancellation);
            return (record with { Erasure = await SweepAsync(progress) }, []);
        }

        var certificate = progress.Certificate with { Storage = await guests.CompactAsync() };
        return (record with { Erasure = progress with { Certificate = certificate }, EndedAt = time.GetUtcNow() }, []);
    }

    /// <summary>The names of browsers are stored before the tombstone, because it blanks them.</summary>
    private async Task<IReadOnlyList<ErasureTarget>> BeginAsync(IReadOnlyList<ErasureTarget> waiting)
    {
        List<ErasureTarget> begun = [];
        foreach (var target in waiting.Take(StepSize))
            begun.Add(await ReadAsync(target));
        return begun;
    }

    private async Task<IReadOnlyList<ErasureTarget>> ReadAgainAsync(IReadOnlyList<ErasureTarget> begun, ErasureTarget changed)
    {
        var read = await ReadAsync(changed);
        return [.. begun.Select(target => target == changed ? read : target)];
    }

    private async Task<ErasureTarget> ReadAsync(ErasureTarget target) =>
        target with { Lines = await guests.ReadLinesAsync(target.Guest) is { Count: > 0 } lines ? lines : null };

    private async Task<(OperationRecord Record, IReadOnlyList<OperationItem> Items)> EraseAsync(
        OperationRecord record, ErasureProgress progress, IReadOnlyList<ErasureTarget> begun)
    {
        var certificate = progress.Certificate;
        List<OperationItem> items = [];
        List<string> erased = [];
        foreach (var target in begun)
        {
            var (standing, hasChanged) = await guests.EraseAsync(
                target.Guest, target.Guest, target.Lines?.Count ?? 0, record);
            // Its browsers are read anew. Guests of this step that are erased already are found again.
            if (hasChanged)
                return (record with { Erasure = progress with { Begun = await ReadAgainAsync(begun, target) } }, []);
            items.Add(new OperationItem(
                guests.HashOf(target.Guest), target.Place, "",
                standing is null ? OperationItem.Skipped : OperationItem.Erased));
            if (standing is not { } own)
            {
                certificate = certificate with { Skipped = certificate.Skipped + 1 };
                continue;
            }

            certificate = certificate.With(own, isLine: false);
            erased.Add(target.Guest);
            foreach (var line in target.Lines ?? [])
            {
                erased.Add(line);
                if ((await guests.EraseAsync(line, target.Guest, lines: 0, record)).Standing is { } linked)
                    certificate = certificate.With(linked, isLine: true);
            }
        }

        certificate = certificate with { Erased = certificate.Erased + await guests.ClearAsync(erased) };
        var waiting = progress.Waiting!.Skip(begun.Count).ToList();
        return (record with
        {
            Failures = 0,
            Erasure = progress with
            {
                Waiting = waiting.Count > 0 ? waiting : null,
                Begun = null,
                Named = [.. progress.Named ?? [], .. erased],
                Certificate = certificate,
            },
        }, items);
    }

    private async Task<ErasureProgress> SweepAsync(ErasureProgress progress)
    {
        var counts = ErasureCounts.None;
        foreach (var names in (progress.Named ?? []).Chunk(StepSize))
            counts += await guests.ClearAsync(names);
        var operations = progress.Named is { Count: > 0 } named ? await guests.ForgetOperationsAsync(named) : 0;
        return progress with
        {
            Named = null,
            IsSwept = true,
            Certificate = progress.Certificate with
            {
                Erased = progress.Certificate.Erased + counts with { Operations = operations },
            },
        };
    }
}
