using GuestSessions.Core.Journal;
using GuestSessions.Grains.Contracts;
using Orleans.Concurrency;

namespace GuestSessions.Grains.Directory;

/// <summary>Answers look-ups from the journal's index.</summary>
[StatelessWorker]
[GrainType("guest-directory")]
public sealed class GuestDirectoryGrain(IJournal journal) : Grain, IGuestDirectoryGrain
{
    public Task<IReadOnlyList<string>> FindAsync(string kind, string value, string? after, int limit) =>
        journal.FindAsync(
            this.GetPrimaryKeyString(), new SearchTerm(kind, value), after, limit, CancellationToken.None);
}
