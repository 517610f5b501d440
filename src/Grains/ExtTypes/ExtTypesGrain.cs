using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.ExtTypes;

/// <summary>The types of one tenant's <c>ext</c> attributes.</summary>
[GrainType("ext-types")]
[CollectionAgeLimit(AlwaysActive = true)]
public sealed class ExtTypesGrain : Grain, IExtTypesGrain
{
    private readonly Dictionary<(string EventType, string Name), int> _types = [];

    public Task<IReadOnlyList<ExtTypeMessage>> AgreeAsync(IReadOnlyList<ExtTypeMessage> seen)
    {
        foreach (var attribute in seen)
        {
            if (_types.Count < Core.Events.Rules.ExtTypes.Capacity)
                _types.TryAdd((attribute.EventType, attribute.Name), attribute.Type);
        }

        return Task.FromResult<IReadOnlyList<ExtTypeMessage>>([.. seen.Select(attribute =>
            attribute with { Type = _types.GetValueOrDefault((attribute.EventType, attribute.Name), attribute.Type) })]);
    }
}
