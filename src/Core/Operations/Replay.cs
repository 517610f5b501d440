namespace GuestSessions.Core.Operations;

/// <summary>
/// Delivers a range of one guest's delivered events again, line by line and step by step, and stores its progress
/// after each step. While the guest's line is full, it waits until deliveries have made it shorter.
/// </summary>
/// <param name="step">Puts as many events as possible into the line, starting at a sequence.</param>
/// <param name="save">Makes a step durable, with the events that it put into the line.</param>
public sealed class Replay(
    Func<OperationRecord, Task<ReplayProgressMade>> step,
    Func<OperationRecord, IReadOnlyList<OperationItem>, Task> save,
    TimeProvider time)
{
    /// <summary>How long it waits while the line is full.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Runs from the record's position to the end. Running a step twice has the same effect as once.</summary>
    /// <returns>The record that was saved last.</returns>
    public async Task<OperationRecord> RunAsync(OperationRecord record, CancellationToken cancellation)
    {
        while (record.EndedAt is null)
        {
            cancellation.ThrowIfCancellationRequested();
            var made = await step(record);
            if (made.IsForgotten)
            {
                await save(record = record with { HasFailed = true, EndedAt = time.GetUtcNow() }, []);
                return record;
            }

            if (made.Next == record.Next)
            {
                await Task.Delay(Pause, time, cancellation);
                continue;
            }

            record = record with
            {
                Next = made.Next,
                Replayed = record.ReplayedBefore + made.Replayed,
                Skipped = record.SkippedBefore + made.Next - record.First - made.Replayed,
                Failures = 0,
            };
            if (made.Next > record.Last)
                record = record.EndLine(time.GetUtcNow());
            await save(record, made.Items);
        }

        return record;
    }
}

/// <param name="Next">The sequence to continue from; unchanged if the line was full.</param>
/// <param name="Replayed">
/// Events put into the line since the replay began, as the session counts them: no step counts twice.
/// </param>
/// <param name="IsForgotten">The guest's session no longer knows the replay, so it cannot continue.</param>
public readonly record struct ReplayProgressMade(long Next, long Replayed, bool IsForgotten = false)
{
    /// <summary>The events that this step put into the line; when a step is repeated, also those of its first run.</summary>
    public IReadOnlyList<OperationItem> Items { get => field ?? []; init; }
}
