using GuestSessions.Core.Journal;
using GuestSessions.Grains.Contracts;
using Orleans.Concurrency;

namespace GuestSessions.Grains.Cluster;

/// <summary>Answers from this silo's open journal.</summary>
[StatelessWorker(1)]
[GrainType("keyring")]
public sealed class KeyringGrain(IJournal journal) : Grain, IKeyringGrain
{
    public Task<byte[]> ReadSecretAsync() => Task.FromResult(journal.Keyring.CopySecret());
}
