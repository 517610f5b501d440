using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace GuestSessions.Core.Events.Rules;

/// <summary>The type of an <c>ext</c> attribute. JSON does not distinguish 1 from 1.0, so numbers are one type.</summary>
public enum ExtType
{
    Text,
    Number,
    Boolean,

    /// <summary>Only SDK events have lists.</summary>
    List,
}

/// <summary>An attribute of an event type, and the type it was first seen with.</summary>
public readonly record struct ExtAttribute(string EventType, string Name, ExtType Type);

/// <summary>
/// The types of a tenant's <c>ext</c> attributes. The upstream keeps one type for each attribute of an event type. An
/// attribute that changes its type conflicts with its earlier values. Thread-safe.
/// </summary>
public sealed class ExtTypes
{
    /// <summary>Maximum number of remembered attributes; further ones are not checked.</summary>
    public const int Capacity = 5_000;

    /// <summary>Maximum length of a remembered name.</summary>
    public const int LongestName = 128;

    private readonly ConcurrentDictionary<(string EventType, string Name), ExtType> _types;
    private readonly ConcurrentDictionary<(string EventType, string Name), ExtType>.AlternateLookup<Named> _byCharacters;

    private readonly Action<ExtAttribute> _learned;

    // Counting a concurrent dictionary locks it.
    private int _count;

    /// <param name="learned">Called for each attribute that is seen for the first time.</param>
    public ExtTypes(Action<ExtAttribute> learned)
    {
        _learned = learned;
        _types = new ConcurrentDictionary<(string EventType, string Name), ExtType>(new ByCharacters());
        _byCharacters = _types.GetAlternateLookup<Named>();
    }

    public bool TryGet(string eventType, string name, out ExtType type) => _types.TryGetValue((eventType, name), out type);

    /// <summary>The same, without a string for the name.</summary>
    internal bool TryGet(string eventType, JsonProperty attribute, out ExtType type)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(attribute);
        if (name.Length > LongestName || name.Contains((byte)'\\'))
            return TryGet(eventType, attribute.Name, out type);
        Span<char> characters = stackalloc char[LongestName];
        return _byCharacters.TryGetValue(
            new Named(eventType, characters[..Encoding.UTF8.GetChars(name, characters)]), out type);
    }

    /// <summary>Remembers an attribute that was not seen before, up to the capacity.</summary>
    public void Learn(ExtAttribute attribute)
    {
        if (attribute.Name.Length > LongestName || attribute.EventType.Length > LongestName
            || Volatile.Read(ref _count) >= Capacity
            || !_types.TryAdd((attribute.EventType, attribute.Name), attribute.Type))
            return;
        Interlocked.Increment(ref _count);
        _learned(attribute);
    }

    /// <summary>Adopts an attribute that others saw first, up to the capacity.</summary>
    public void Agree(ExtAttribute attribute)
    {
        if (_types.ContainsKey((attribute.EventType, attribute.Name)))
            _types[(attribute.EventType, attribute.Name)] = attribute.Type;
        else if (Volatile.Read(ref _count) < Capacity && _types.TryAdd((attribute.EventType, attribute.Name), attribute.Type))
            Interlocked.Increment(ref _count);
    }

    /// <summary>Replaces all remembered attributes by these.</summary>
    public void Replace(IReadOnlyCollection<ExtAttribute> attributes)
    {
        var kept = attributes.Select(static attribute => (attribute.EventType, attribute.Name)).ToHashSet();
        foreach (var gone in _types.Keys.Where(key => !kept.Contains(key)))
        {
            if (_types.TryRemove(gone, out _))
                Interlocked.Decrement(ref _count);
        }

        foreach (var attribute in attributes)
            Agree(attribute);
    }

    private readonly ref struct Named(string eventType, ReadOnlySpan<char> name)
    {
        public string EventType { get; } = eventType;

        public ReadOnlySpan<char> Name { get; } = name;
    }

    private sealed class ByCharacters
        : IEqualityComparer<(string EventType, string Name)>, IAlternateEqualityComparer<Named, (string EventType, string Name)>
    {
        public bool Equals((string EventType, string Name) one, (string EventType, string Name) other) => one == other;

        public bool Equals(Named one, (string EventType, string Name) other)
            => one.EventType == other.EventType && one.Name.SequenceEqual(other.Name);

        public int GetHashCode((string EventType, string Name) key) => GetHashCode(new Named(key.EventType, key.Name));

        public int GetHashCode(Named key)
            => HashCode.Combine(string.GetHashCode(key.EventType), string.GetHashCode(key.Name));

        public (string EventType, string Name) Create(Named key) => (key.EventType, key.Name.ToString());
    }
}
