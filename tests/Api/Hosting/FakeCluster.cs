using System.Collections.Concurrent;
using GuestSessions.Grains.Contracts;
using Orleans;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>Grains by key, in memory: enough of a cluster for the HTTP front.</summary>
public sealed class FakeCluster
{
    private readonly ConcurrentDictionary<string, FakeGuest> _guests = new();
    private readonly ConcurrentDictionary<string, FakeDirectory> _directories = new();
    private readonly ConcurrentDictionary<string, FakeTenant> _tenants = new();
    private readonly ConcurrentDictionary<string, FakeRejections> _rejections = new();
    private readonly ConcurrentDictionary<string, FakeExtTypes> _extTypes = new();

    private readonly ConcurrentDictionary<string, FakeReveals> _reveals = new();
    private readonly ConcurrentDictionary<string, FakeLists> _lists = new();

    private readonly ConcurrentDictionary<string, FakeOperation> _operations = new();

    /// <summary>Thrown by every grain call while it is set.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Recording waits for it, as for a slow disk.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    /// <summary>Guests keep what they record; off, they only count, for loads without end.</summary>
    public bool Remembers { get; set; } = true;

    /// <summary>Every call that reached a guest's grain, in order.</summary>
    public ConcurrentQueue<RecordRequest> Recorded { get; } = new();

    public IGrainFactory Grains => GrainFactoryProxy.Over(this);

    /// <summary>Every tenant's history.</summary>
    public FakeHistory History { get; } = new();

    /// <summary>Every tenant's upstream.</summary>
    public FakeUpstream Upstream { get; } = new();

    public FakeGuest Guest(string key) => _guests.GetOrAdd(key, _ => new FakeGuest(this));

    public FakeTenant Tenant(string name) => _tenants.GetOrAdd(name, _ => new FakeTenant(this));

    public FakeOperation Operation(string key) => _operations.GetOrAdd(key, key => new FakeOperation(this, key));

    public FakeLists Lists(string tenant) => _lists.GetOrAdd(tenant, _ => new FakeLists(this));

    /// <summary>What was refused, by the grain that keeps it in a silo.</summary>
    public IRejectionsGrain Rejections(string tenant)
        => _rejections.GetOrAdd(tenant, _ => new FakeRejections(this));

    /// <summary>Who reveals what in a tenant.</summary>
    public FakeReveals Reveals(string tenant) => _reveals.GetOrAdd(tenant, _ => new FakeReveals(this));

    /// <summary>The types of a tenant's ext attributes.</summary>
    public FakeExtTypes ExtTypes(string tenant) => _extTypes.GetOrAdd(tenant, _ => new FakeExtTypes());

    public FakeDirectory Directory(string tenant) => _directories.GetOrAdd(tenant, _ => new FakeDirectory(this));
}
