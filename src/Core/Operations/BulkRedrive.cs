using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;

namespace GuestSessions.Core.Operations;

/// <summary>
/// Redrives the quarantined events that a filter matches, one page of the list at a time, and stores its progress
/// after each page. It skips events that were set aside after it began, so that an event that is refused again is not
/// retried for ever.
/// </summary>
/// <param name="redrive">Redrives events of one guest in their order, and returns how many went back into the line.</param>
/// <param name="save">Makes a step durable.</param>
public sealed class BulkRedrive(
    IGuestLists lists,
    Func<GuestKey, IReadOnlyList<long>, OperationRecord, Task<int>> redrive,
    Func<OperationRecord, Task> save,
    TimeProvider time)
{
    /// <summary>Number of events per step.</summary>
    public const int PageSize = 200;

    /// <summary>Runs from the record's position to the end. Running a step twice has the same effect as once.</summary>
    /// <returns>The record that was saved last.</returns>
    public async Task<OperationRecord> RunAsync(OperationRecord record, CancellationToken cancellation)
    {
        if (record.Total is null)
            await save(record = record with { Total = await CountAsync(record, cancellation) });
        while (record.EndedAt is null)
        {
            cancellation.ThrowIfCancellationRequested();
            var page = await PageAsync(record, record.Place, cancellation);
            await save(record = page.Count == 0
                ? record with { EndedAt = time.GetUtcNow() }
                : await StepAsync(record, page));
        }

        return record;
    }

    private async Task<OperationRecord> StepAsync(OperationRecord record, IReadOnlyList<ListedSetAside> page)
    {
        var redriven = await Task.WhenAll(page
            .GroupBy(static aside => aside.Guest, static aside => aside.Sequence)
            .Select(guest => redrive(guest.Key, [.. guest.Order()], record)));
        var done = redriven.Sum();
        return record with
        {
            Redriven = record.Redriven + done,
            Skipped = record.Skipped + page.Count - done,
            Place = page[^1].Place,
            Failures = 0,
        };
    }

    private async Task<long> CountAsync(OperationRecord record, CancellationToken cancellation)
    {
        var total = 0L;
        SetAsidePlace? place = null;
        while (await PageAsync(record, place, cancellation) is { Count: > 0 } page)
        {
            total += page.Count;
            place = page[^1].Place;
        }

        return total;
    }

    private Task<IReadOnlyList<ListedSetAside>> PageAsync(
        OperationRecord record, SetAsidePlace? after, CancellationToken cancellation) => lists.ReadSetAsideAsync(
        new SetAsideQuery(record.Tenant, InDoubt: false, record.Type, record.Code, record.Act.At, after, PageSize),
        cancellation);
}
