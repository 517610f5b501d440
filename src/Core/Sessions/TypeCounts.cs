using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace GuestSessions.Core.Sessions;

/// <summary>
/// Numbers of events by type, in the order in which the types came first. Immutable. A session has few types, so a short
/// array takes less memory and time than a table.
/// </summary>
internal sealed class TypeCounts : IReadOnlyDictionary<string, int>
{
    public static readonly TypeCounts None = new([]);

    private readonly KeyValuePair<string, int>[] _counts;

    private TypeCounts(KeyValuePair<string, int>[] counts) => _counts = counts;

    public int Count => _counts.Length;

    public IEnumerable<string> Keys => _counts.Select(static count => count.Key);

    public IEnumerable<int> Values => _counts.Select(static count => count.Value);

    public int this[string key] => TryGetValue(key, out var value)
        ? value
        : throw new KeyNotFoundException("No event of this type was counted.");

    public static TypeCounts Of(IReadOnlyDictionary<string, int> counts) => counts as TypeCounts ?? new([.. counts]);

    /// <summary>The same counts with another one for a type.</summary>
    public TypeCounts With(string type, int count)
    {
        var place = PlaceOf(type);
        KeyValuePair<string, int>[] counts = place < 0 ? [.. _counts, default] : [.. _counts];
        counts[place < 0 ? ^1 : place] = new(type, count);
        return new TypeCounts(counts);
    }

    public bool ContainsKey(string key) => PlaceOf(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out int value)
    {
        var place = PlaceOf(key);
        value = place < 0 ? 0 : _counts[place].Value;
        return place >= 0;
    }

    public IEnumerator<KeyValuePair<string, int>> GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, int>>)_counts).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int PlaceOf(string type)
    {
        for (var place = 0; place < _counts.Length; place++)
        {
            if (_counts[place].Key == type)
                return place;
        }

        return -1;
    }
}
