namespace GuestSessions.Core.Operations;

/// <summary>
/// Delivers a range of one guest's delivered events again, line by line, a step at a time, and stores how far it has come after each. Where
/// the guest's line has no room it waits until delivery has made some.
/// </summary>
/// <param name="step">Puts what it can into the line, from a sequence on.</param>
/// <param name="save">Makes a step durable.</param>
public sealed class Replay(
    Func<OperationRecord, Task<ReplayProgressMade>> step, Func<OperationRecord, Task> save, TimeProvider time)
{
    /// <summary>How long it waits for room.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Runs to the end from wherever the record stands. Running a step twice does no more than once.</summary>
    /// <returns>The record as it was saved last.</returns>
    public async Task<OperationRecord> RunAsync(OperationRecord record, CancellationToken cancellation)
    {
        while (record.EndedAt is null)
        {
            cancellation.ThrowIfCancellationRequested();
            var made = await step(record);
            if (made.IsForgotten)
            {
                await save(record = record with { HasFailed = true, EndedAt = time.GetUtcNow() });
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
            await save(record);
        }

        return record;
    }
}

/// <param name="Next">The sequence to go on from; where it began when there was no room.</param>
/// <param name="Replayed">Events put into the line since it began, by the session's own count: no step counts twice.</param>
/// <param name="IsForgotten">The guest's session does not know the replay any more: it cannot go on.</param>
public readonly record struct ReplayProgressMade(long Next, long Replayed, bool IsForgotten = false);
