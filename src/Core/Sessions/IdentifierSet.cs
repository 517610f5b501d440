using GuestSessions.Core.Events;

namespace GuestSessions.Core.Sessions;

/// <summary>A guest's identifiers: a set keyed by (provider, id), in the order they became known.</summary>
public sealed class IdentifierSet
{
    private List<Identifier>? _identifiers;

    public int Count => All.Count;

    public IReadOnlyList<Identifier> All => _identifiers ?? [];

    /// <summary>Hash of the profile that was sent last with identifiers.</summary>
    public ContentHash? ProfileHash { get; private set; }

    /// <summary>Those that are new, or known with another expiry date; if a pair is repeated, the last one wins.</summary>
    public IReadOnlyList<Identifier> Changes(IReadOnlyList<Identifier> identifiers)
    {
        List<Identifier> changes = [];
        for (var i = 0; i < identifiers.Count; i++)
        {
            var identifier = identifiers[i];
            var repeatedLater = identifiers.Skip(i + 1).Any(later => IsSame(later, identifier));
            if (!repeatedLater && !All.Contains(identifier))
                changes.Add(identifier);
        }

        return changes;
    }

    /// <summary>How many identifiers there would be with these changes.</summary>
    public int CountWith(IReadOnlyList<Identifier> changes) =>
        Count + changes.Count(change => !All.Any(known => IsSame(known, change)));

    /// <summary>The characters of all of them with these changes.</summary>
    public int LengthWith(IReadOnlyList<Identifier> changes) =>
        With(changes).Sum(static known => known.Provider.Length + known.Id.Length);

    /// <summary>The set with changes, without taking them on.</summary>
    public IReadOnlyList<Identifier> With(IReadOnlyList<Identifier> changes)
    {
        var set = new List<Identifier>(All);
        foreach (var change in changes)
            Put(set, change);
        return set;
    }

    public void Remember(IReadOnlyList<Identifier> changes, ContentHash? profileHash)
    {
        foreach (var change in changes)
            Put(_identifiers ??= [], change);
        ProfileHash = profileHash ?? ProfileHash;
    }

    private static void Put(List<Identifier> set, Identifier identifier)
    {
        var index = set.FindIndex(known => IsSame(known, identifier));
        if (index >= 0)
            set[index] = identifier;
        else
            set.Add(identifier);
    }

    private static bool IsSame(Identifier left, Identifier right) =>
        left.Provider == right.Provider && left.Id == right.Id;
}
