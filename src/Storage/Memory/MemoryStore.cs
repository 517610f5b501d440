using System.Security.Cryptography;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Privacy;
using GuestSessions.Storage.Events;
using GuestSessions.Storage.Health;
using GuestSessions.Storage.Operations;
using GuestSessions.Storage.Owners;
using GuestSessions.Storage.Rejections;
using GuestSessions.Storage.Tenants;

namespace GuestSessions.Storage.Memory;

/// <summary>A store for tests and trials. It behaves like the others, but its data ends with the process.</summary>
public sealed class MemoryStore : IStore, IStoreProbe
{
    private readonly byte[] _secret;
    private DateTimeOffset? _restoredAt;

    /// <param name="secret">A fixed secret gives the same guest keys every time; null for a random one.</param>
    public MemoryStore(byte[]? secret = null)
    {
        _secret = secret ?? RandomNumberGenerator.GetBytes(GuestKeyring.SecretLength);
        var guests = new MemoryGuests();
        var lists = new MemoryLists(guests);
        var journal = new MemoryJournal(guests, lists);
        var (owners, rejections, operations, files) = (
            new MemoryOwners(), new MemoryRejections(), new MemoryOperations(), new MemoryFiles());
        (Lists, Journal, Owners, Rejections, Operations, Files) = (lists, journal, owners, rejections, operations, files);
        Events = new MemoryEvents(guests);
        Erasures = new MemoryErasures(guests, journal, lists, owners, rejections, operations, files);
    }

    public IJournalRows Journal { get; }
    public IEventRows Events { get; }
    public IOwnerRows Owners { get; }
    public IGuestLists Lists { get; }
    public IOperationRows Operations { get; }
    public IRejectionRows Rejections { get; }
    public IExtTypeStore ExtTypes { get; } = new MemoryExtTypes();
    public ITenantRows Tenants { get; } = new MemoryTenants();
    public IErasureStore Erasures { get; }
    public IFileStore Files { get; }
    public IStoreProbe Probe => this;

    public Task<byte[]> OpenAsync(CancellationToken cancellation) => Task.FromResult(_secret);

    public Task<DateTimeOffset?> ReadRestoreAsync(CancellationToken cancellation) => Task.FromResult(_restoredAt);

    public Task MarkRestoreAsync(DateTimeOffset at, CancellationToken cancellation)
    {
        _restoredAt = at;
        return Task.CompletedTask;
    }

    public Task ProbeAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
