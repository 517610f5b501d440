using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Guests.Receipts;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// Erases the body of single events. The act is committed first: from then on nobody reads the body, and the session
/// remembers that commits still have it. Then those commits are rewritten and a snapshot is saved. An activation that finds
/// this unfinished continues it.
/// </summary>
internal sealed partial class Blanking(SessionCommitter committer, ReceiptReader receipts, Reading reading, GuestPorts ports)
{
    /// <summary>Number of commits that are rewritten at once.</summary>
    private const int CommitsOfStep = 50;

    /// <summary>See <see cref="IGuestGrain.BlankAsync"/>.</summary>
    public async Task<ActAnswer> BlankAsync(string eventId, ActMessage act)
    {
        if (await receipts.FindAsync(eventId) is not { } receipt)
            return new ActAnswer(ActStatus.NotFound);
        var sequence = receipt.Event.Sequence;
        if (!receipt.IsBlanked && await committer.EnterAsync(work => work.Do(Decider.Blank(
            work.State, sequence, eventId, act.At(committer.Clock.GetUtcNow())))) != ActDecision.Done)
            return new ActAnswer(ActStatus.WrongState, await reading.DetailAsync(receipt));
        await RewriteAsync(sequence);
        _ = CompactAsync();
        return new ActAnswer(ActStatus.Done, await reading.DetailAsync((await receipts.ReadAsync(sequence))!));
    }

    /// <summary>Finishes what an earlier activation began. Nobody waits for it; recovery comes back while it is unfinished.</summary>
    public async Task ContinueAsync()
    {
        try
        {
            foreach (var sequence in await committer.ReadAsync(static state => state.Blanking.ToArray()))
                await RewriteAsync(sequence);
        }
        catch (SessionUnavailableException)
        {
            // The committer broke and said so. The next activation continues.
        }
        catch (JournalUnavailableException exception)
        {
            LogUnfinished(ports.Logger, committer.Key.HashText, exception);
        }
    }

    private async Task RewriteAsync(long sequence)
    {
        List<JournalCommit> changed = [];
        var trace = await ports.Journal.TraceAsync(committer.Key, sequence, sequence, CancellationToken.None);
        foreach (var span in trace.Spans)
        {
            await foreach (var commit in ports.Journal.ReadAsync(committer.Key, span, CancellationToken.None))
            {
                List<SessionEvent> events = [.. commit.Events.Select(@event => Blanked.Of(@event, sequence))];
                if (!events.SequenceEqual(commit.Events, ReferenceEqualityComparer.Instance))
                    changed.Add(commit with { Events = events });
            }
        }

        foreach (var step in changed.Chunk(CommitsOfStep))
            await ports.Journal.RewriteAsync(committer.Key, step, CancellationToken.None);
        await committer.SaveSnapshotAsync(CancellationToken.None);
        await committer.EnterAsync(work => work.State.Blanking.Contains(sequence)
            && work.Do(new Decision<bool>([new BlankingEnded(sequence)], true)));
    }

    /// <summary>Makes the store give up the old rows. It may take long, and the store does it by itself later if this fails.</summary>
    private async Task CompactAsync()
    {
        try
        {
            await ports.Erasures.CompactAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            // Nobody awaits this: only the log can say what failed, whatever it was.
            LogNotCompacted(ports.Logger, committer.Key.HashText, exception);
        }
    }

    [LoggerMessage(1005, LogLevel.Warning, "Erasing the body of an event of guest {Guest} is unfinished; the next sweep continues it.")]
    private static partial void LogUnfinished(ILogger logger, string guest, Exception exception);

    [LoggerMessage(1006, LogLevel.Warning, "After the body of an event of guest {Guest} was erased, the store was not compacted.")]
    private static partial void LogNotCompacted(ILogger logger, string guest, Exception exception);
}
