using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Receipts;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.ExtTypes;

/// <summary>The stored types of one tenant's <c>ext</c> attributes.</summary>
[GrainType("ext-types")]
[CollectionAgeLimit(AlwaysActive = true)]
public sealed class ExtTypesGrain(IExtTypeStore store, IGuestLists lists, TimeProvider time) : Grain, IExtTypesGrain
{
    private readonly Dictionary<(string EventType, string Name), LearnedExtType> _types = [];
    private long _resets;

    private string Tenant => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var learned in await store.LoadAsync(Tenant, cancellationToken))
            _types[(learned.Attribute.EventType, learned.Attribute.Name)] = learned;
        _resets = time.GetUtcNow().UtcTicks;
    }

    public async Task<IReadOnlyList<ExtAttribute>> AgreeAsync(IReadOnlyList<ExtAttribute> seen)
    {
        var unknown = seen.Where(attribute => !_types.ContainsKey((attribute.EventType, attribute.Name)))
            .DistinctBy(static attribute => (attribute.EventType, attribute.Name))
            .Take(Math.Max(0, Core.Events.Rules.ExtTypes.Capacity - _types.Count))
            .Select(attribute => new LearnedExtType(attribute, time.GetUtcNow()))
            .ToList();
        if (unknown.Count > 0)
            await store.LearnAsync(Tenant, unknown, CancellationToken.None);
        foreach (var learned in unknown)
            _types[(learned.Attribute.EventType, learned.Attribute.Name)] = learned;
        return [.. seen.Select(attribute => _types.TryGetValue((attribute.EventType, attribute.Name), out var known)
            ? known.Attribute
            : attribute)];
    }

    public Task<ExtTypesView> ReadAsync() => Task.FromResult(new ExtTypesView(
        [
            .. _types.Values
                .OrderBy(static known => known.Attribute.EventType, StringComparer.Ordinal)
                .ThenBy(static known => known.Attribute.Name, StringComparer.Ordinal),
        ],
        _resets));

    public Task<long> CountResetsAsync() => Task.FromResult(_resets);

    public async Task<int> ResetAsync(string? eventType, string? name, ActMessage act)
    {
        await lists.AppendActAsync(
            Tenant, new RecordedAct(ActNames.ExtTypesReset, act.At(time.GetUtcNow())), CancellationToken.None);
        await store.ForgetAsync(Tenant, eventType, name, CancellationToken.None);
        var forgotten = _types.Keys.Where(key => (eventType is null || key.EventType == eventType)
            && (name is null || key.Name == name)).ToList();
        forgotten.ForEach(key => _types.Remove(key));
        _resets++;
        return forgotten.Count;
    }
}
