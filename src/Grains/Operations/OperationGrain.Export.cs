using GuestSessions.Core.Operations;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Operations;

/// <summary>Exports one guest with the browsers that are linked to it.</summary>
public sealed partial class OperationGrain
{
    /// <summary>
    /// Makes the file in one step, so an interrupted export begins again. The file is stored before the record says so.
    /// </summary>
    private async Task<OperationRecord> ExportAsync(OperationRecord record, CancellationToken cancellation)
    {
        using var file = new ExportFile(_tenant, time.GetUtcNow());
        var total = await AddLineAsync(file, record.Export!.Guest!, isOwn: true, cancellation);
        if (total is null || file.IsTooLarge)
        {
            await SaveAsync(
                record with
                {
                    HasFailed = true,
                    EndedAt = time.GetUtcNow(),
                    Export = record.Export with { Guest = null, Events = file.Events },
                },
                []);
            return _record!;
        }

        var content = file.Close();
        var until = time.GetUtcNow() + ports.Privacy.ExportLifetime;
        await ports.Files.SaveAsync(_tenant, _id, until, content, cancellation);
        await SaveAsync(
            record with
            {
                EndedAt = time.GetUtcNow(),
                Total = file.Events,
                Export = record.Export with
                {
                    Guest = null,
                    Events = file.Events,
                    Bytes = content.LongLength,
                    FileUntil = until,
                },
            },
            []);
        return _record!;
    }

    /// <returns>How many events the guest and its browsers have; null when the guest was never seen.</returns>
    private async Task<long?> AddLineAsync(ExportFile file, string guest, bool isOwn, CancellationToken cancellation)
    {
        var grain = GrainFactory.GetGrain<IGuestGrain>(ports.Journal.Keyring.KeyOf(_tenant, guest).ToString());
        if (await grain.ReadAsync() is not { } view)
            return isOwn ? null : 0;
        file.Add(view);
        var query = new TimelineQuery(State: null, Type: null, After: 0, ExportFile.EventsOfPage);
        for (long? after = 0; after is { } place && !file.IsTooLarge;)
        {
            cancellation.ThrowIfCancellationRequested();
            DelayDeactivation(KeepBusy);
            if (await grain.ReadTimelineAsync(query with { After = place }) is not { } page)
                return isOwn ? null : 0;
            foreach (var summary in page.Events)
            {
                if (await grain.ReadEventAsync(summary.EventId) is { } detail)
                    file.Add(guest, detail);
            }

            after = page.Next;
        }

        foreach (var line in isOwn ? view.Lines : [])
            await AddLineAsync(file, line, isOwn: false, cancellation);
        return file.Events;
    }
}
