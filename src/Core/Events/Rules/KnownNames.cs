using System.Collections.Frozen;

namespace GuestSessions.Core.Events.Rules;

/// <summary>
/// The names that a stored path may contain: attributes that a rule knows, and the members of envelopes. Callers' own
/// names must not be kept.
/// </summary>
public static class KnownNames
{
    private static readonly FrozenSet<string> Names =
        TypeRules.All.SelectMany(Within).Concat(AttributeRules.Further)
            .Concat(AttributeRules.RequiredOf(null))
            .Append(AttributeRules.BrowserId).Append(AttributeRules.RequestedAt)
            .Select(static rule => rule.Name)
            .Concat(["event", "event_id", "guest", "occurred_at", "events", "profile", "key"])
            .Where(static name => !name.Contains('*'))
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A JSON Pointer with a <c>*</c> in the place of every name that no rule knows.</summary>
    public static string Mask(string path)
        => string.Join('/', path.Split('/').Select(static segment => IsKnown(segment) ? segment : "*"));

    // The part before the first slash is empty. An attribute with an empty name reveals nothing either.
    private static bool IsKnown(string segment)
        => segment.Length == 0 || Names.Contains(segment) || (segment.Length <= 4 && segment.All(char.IsAsciiDigit));

    private static IEnumerable<AttributeRule> Within(AttributeRule rule) => [rule, .. rule.Members.SelectMany(Within)];
}
