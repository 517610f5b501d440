using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Receipts;

namespace GuestSessions.Grains;

/// <summary>Puts delivered events into the line again, through the same door as everything else.</summary>
public sealed partial class GuestSessionGrain : IGuestReplayGrain
{
    private Replayer Replayer => new(_receipts, _door, _tenant);

    public Task<long?> BeginAsync(string operation, ReplayRange range, ActMessage act) => _door.EnterAsync(work =>
        work.Do(Decider.BeginReplay(work.State, operation, range.First, range.Last, ToAct(act))));

    // Where ingest is refused, what arrived long ago waits: the room that is left is for news and for outcomes.
    public Task<ReplayStep> StepAsync(string operation, ReplayRange range, long from) => NoRoom is null
        ? Replayer.StepAsync(operation, range, from)
        : Task.FromResult(new ReplayStep(from, 0));

    public Task<bool> HasOrdersAsync(ReplayRange range) => Replayer.HasOrdersAsync(range);

    public Task<ReplayPreview?> PreviewAsync(ReplayRange range, int limit) => Replayer.PreviewAsync(range, limit);
}
