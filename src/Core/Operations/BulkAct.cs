using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;

namespace GuestSessions.Core.Operations;

/// <summary>
/// Acts on the set-aside events that a filter matches, one page of the list at a time, and stores its progress after each page. It
/// skips events that were set aside after it began, so that an event that is refused again is not retried for ever.
/// </summary>
/// <param name="act">
/// Acts on events of one guest in their order, and returns those that it acted on; null if the guest does not answer, and the others
/// shall not wait for it any longer.
/// </param>
/// <param name="save">Makes a step durable, with what it did to each event.</param>
public sealed class BulkAct(
    IGuestLists lists,
    Func<GuestKey, IReadOnlyList<long>, OperationRecord, Task<IReadOnlyList<long>?>> act,
    Func<OperationRecord, IReadOnlyList<OperationItem>, Task> save,
    TimeProvider time)
{
    /// <summary>Number of events per step.</summary>
    public const int PageSize = 200;

    /// <summary>Runs from the record's position to the end. Running a step twice has the same effect as once.</summary>
    /// <returns>The record that was saved last.</returns>
    public async Task<OperationRecord> RunAsync(OperationRecord record, CancellationToken cancellation)
    {
        if (record.Total is null)
            await save(record = record with { Total = await CountAsync(record, cancellation) }, []);
        while (record.EndedAt is null)
        {
            cancellation.ThrowIfCancellationRequested();
            var page = await PageAsync(record, record.Place, cancellation);
            (record, var items) = page.Count == 0
                ? (record with { EndedAt = time.GetUtcNow() }, [])
                : await StepAsync(record, page);
            await save(record, items);
        }

        return record;
    }

    private async Task<(OperationRecord Record, IReadOnlyList<OperationItem> Items)> StepAsync(
        OperationRecord record, IReadOnlyList<ListedSetAside> page)
    {
        var acted = await Task.WhenAll(page
            .GroupBy(static aside => aside.Guest, static aside => aside.Sequence)
            .Select(async guest => (guest.Key, Done: await act(guest.Key, [.. guest.Order()], record))));
        var done = acted.ToDictionary(static guest => guest.Key, static guest => guest.Done?.ToHashSet());
        IReadOnlyList<OperationItem> items = [.. page.Select(aside => new OperationItem(
            aside.Name, aside.Sequence, aside.EventId, done[aside.Guest] switch
            {
                null => OperationItem.Unknown,
                var sequences => sequences.Contains(aside.Sequence) ? OutcomeOf(record) : OperationItem.Skipped,
            }))];
        return (Counted(record, items.Count(item => item.Outcome == OutcomeOf(record))) with
        {
            Skipped = record.Skipped + items.Count(static item => item.Outcome == OperationItem.Skipped),
            Unknown = record.Unknown + items.Count(static item => item.Outcome == OperationItem.Unknown),
            Place = page[^1].Place,
            Failures = 0,
        }, items);
    }

    private static OperationRecord Counted(OperationRecord record, int acted) => record.Kind switch
    {
        OperationRecord.BulkDiscardKind => record with { Discarded = record.Discarded + acted },
        OperationRecord.BulkResolveKind => record with { Resolved = record.Resolved + acted },
        _ => record with { Redriven = record.Redriven + acted },
    };

    private static string OutcomeOf(OperationRecord record) => record.Kind switch
    {
        OperationRecord.BulkDiscardKind => OperationItem.Discarded,
        OperationRecord.BulkResolveKind => OperationItem.Resolved,
        _ => OperationItem.Redriven,
    };

    private async Task<long> CountAsync(OperationRecord record, CancellationToken cancellation) =>
        (await lists.GroupSetAsideAsync(QueryOf(record, after: null, limit: 1), cancellation)).Count;

    private Task<IReadOnlyList<ListedSetAside>> PageAsync(
        OperationRecord record, SetAsidePlace? after, CancellationToken cancellation) =>
        lists.ReadSetAsideAsync(QueryOf(record, after, PageSize), cancellation);

    private static SetAsideQuery QueryOf(OperationRecord record, SetAsidePlace? after, int limit) =>
        new(record.Tenant, record.InDoubt, record.Type, record.Code, record.Act.At, after, limit);
}
