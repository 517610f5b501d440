using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace GuestSessions.Core.Events.Rules;

/// <summary>
/// The names that an object's members can have, to find misspelled members. A misspelled member would pass as a
/// custom attribute, and the upstream would ignore its meaning.
/// </summary>
internal sealed class MemberNames
{
    private static readonly ConcurrentDictionary<string, MemberNames> ByType = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<IReadOnlyList<AttributeRule>, MemberNames> ByRules =
        new(ReferenceEqualityComparer.Instance);

    private readonly FrozenDictionary<string, string> _folded;

    // By their length: a member has to be compared with few of them.
    private readonly byte[][][] _utf8;

    public MemberNames(params IEnumerable<string> known)
    {
        string[] all = [.. known.Where(static name => !name.EndsWith('*')).Distinct()];
        _folded = all.DistinctBy(Spelling.Fold).ToFrozenDictionary(Spelling.Fold, StringComparer.Ordinal);
        var names = all.Select(Encoding.UTF8.GetBytes).ToLookup(static name => name.Length);
        _utf8 = [.. Enumerable.Range(0, names.Select(static group => group.Key).DefaultIfEmpty().Max() + 1)
            .Select(length => names[length].ToArray())];
    }

    /// <summary>The names for an event.</summary>
    /// <param name="type">One with rules of its own; all others have the same names.</param>
    public static MemberNames OfEvent(string? type)
    {
        var own = TypeRules.Of(type ?? "");
        return ByType.GetOrAdd(own.Count == 0 ? "" : type!, static (_, rules) => new MemberNames(
            rules.Concat(AttributeRules.Named).Concat(AttributeRules.Further).Select(static rule => rule.Name)), own);
    }

    /// <summary>The names for an object within an event.</summary>
    public static MemberNames Of(IReadOnlyList<AttributeRule> rules) => ByRules.GetOrAdd(
        rules, static rules => new MemberNames(rules.Select(static rule => rule.Name)));

    /// <summary>
    /// Warns about members whose names are similar to a known one. A misnamed point of sale is an error if a default
    /// replaces it: the event would reach the wrong one.
    /// </summary>
    public void Check(JsonElement parent, Place path, Violations found, DefaultedMembers? defaulted = null)
    {
        foreach (var member in parent.EnumerateObject())
        {
            if (Knows(member) || (MeantBy(member.Name) ?? defaulted?.Nearest(member.Name)) is not { } meant
                || parent.TryGetProperty(meant, out _))
                continue;
            var sent = defaulted?.ValueOf(meant);
            found.Note(sent is null || meant != AttributeRules.PointOfSale.Name,
                EventCodes.UnusualName, path.Then(member.Name), Describe(meant, sent));
        }
    }

    private static string Describe(string meant, string? sent)
    {
        const string own = "The upstream treats it as a custom attribute";
        var instead = sent is not null ? $"; the default {sent} is sent as {meant}"
            : meant == AttributeRules.BrowserId.Name ? "; the guest's own browser id is sent" : "";
        return $"{own}{instead}.{Spelling.Advice(meant)}";
    }

    /// <summary>A hint for the message about an absent member: the similar name that is present.</summary>
    public string AdviceFor(string missing, JsonElement parent)
    {
        foreach (var member in parent.EnumerateObject())
        {
            if (!Knows(member) && Spelling.Nearest(member.Name, [missing]) is not null)
                return $" Is it misspelled as {Cut(member.Name)}?";
            if (missing.StartsWith(member.Name, StringComparison.Ordinal) && member.Name.Length >= 4 && !Knows(member))
                return $" Is it misspelled as {Cut(member.Name)}?";
        }

        return "";
    }

    private string? MeantBy(string name)
    {
        var folded = Spelling.Fold(name);
        if (_folded.TryGetValue(folded, out var meant))
            return meant;
        foreach (var alias in Spelling.AliasesOf(folded))
        {
            if (_folded.Values.Contains(alias))
                return alias;
        }

        return null;
    }

    private bool Knows(JsonProperty member)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        return raw.Contains((byte)'\\') ? Knows(Encoding.UTF8.GetBytes(member.Name)) : Knows(raw);
    }

    private bool Knows(ReadOnlySpan<byte> member)
    {
        if (member.Length >= _utf8.Length)
            return false;
        foreach (var name in _utf8[member.Length])
        {
            if (member.SequenceEqual(name))
                return true;
        }

        return false;
    }

    private static string Cut(string name) => TextForm.Cut(name);
}
