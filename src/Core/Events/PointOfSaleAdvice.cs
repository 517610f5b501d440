using GuestSessions.Core.Options;

namespace GuestSessions.Core.Events;

/// <summary>What a caller could write instead of a point of sale that the tenant does not have.</summary>
internal static class PointOfSaleAdvice
{
    private const int MostNames = 5;

    /// <param name="name">As the event has it, without blanks around it.</param>
    /// <param name="known">The tenant's points of sale by their names.</param>
    public static string For(string name, IReadOnlyDictionary<string, PointOfSaleOptions> known)
    {
        if (known.Count == 0)
            return " The tenant has none: configure its PointsOfSale.";
        if (known.Keys.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } meant)
            return $" Names are case-sensitive: write it as \"{meant}\".";
        if (known.FirstOrDefault(one => one.Value.SiteIds.Contains(name, StringComparer.OrdinalIgnoreCase)).Key is { } owner)
            return $" It is the id of a site: write its point of sale, \"{owner}\".";
        var nearest = known.Keys.OrderByDescending(one => Shared(one, name)).ThenBy(static one => one, StringComparer.Ordinal).Take(MostNames);
        var more = known.Count > MostNames ? $" and {known.Count - MostNames} more" : "";
        return $" The tenant has {string.Join(", ", nearest.Select(static one => $"\"{one}\""))}{more}.";
    }

    /// <summary>How many characters two names share at their beginning and their end, in any case.</summary>
    private static int Shared(string one, string other)
    {
        var most = Math.Min(one.Length, other.Length);
        var (first, last) = (0, 0);
        while (first < most && Same(one[first], other[first]))
            first++;
        while (last < most - first && Same(one[^(last + 1)], other[^(last + 1)]))
            last++;
        return first + last;
    }

    private static bool Same(char one, char other) => char.ToLowerInvariant(one) == char.ToLowerInvariant(other);
}
