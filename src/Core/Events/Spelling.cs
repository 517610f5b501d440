using System.Collections.Frozen;
using System.Text;

namespace GuestSessions.Core.Events;

/// <summary>Finds the name that was probably meant: in another case, with other separators, or mistyped.</summary>
public static class Spelling
{
    // What SDKs, other systems and guessing callers call members.
    private static readonly FrozenDictionary<string, string[]> Aliases = new Dictionary<string, string[]>
    {
        ["pointofsale"] = ["pos"],
        ["browserref"] = ["browser_id"],
        ["guestid"] = ["guest"],
        ["posid"] = ["pos"],
        ["pointofsaleid"] = ["pos"],
        ["siteid"] = ["pos"],
        ["eventtype"] = ["type"],
        ["eventname"] = ["type"],
        ["lang"] = ["language"],
        ["locale"] = ["language"],
        ["languagecode"] = ["language"],
        ["currencycode"] = ["currency"],
        ["extension"] = ["ext"],
        ["extensions"] = ["ext"],
        ["extensiondata"] = ["ext"],
        ["url"] = ["page"],
        ["pageurl"] = ["page"],
        ["pagename"] = ["page"],
        ["id"] = ["event_id", "item_id"],
        ["itemcode"] = ["item_id"],
        ["messageid"] = ["event_id"],
        ["idempotencykey"] = ["event_id"],
        ["timestamp"] = ["occurred_at"],
        ["time"] = ["occurred_at"],
        ["eventtime"] = ["occurred_at"],
        ["dateofbirth"] = ["dob"],
        ["birthdate"] = ["dob"],
        ["emailaddress"] = ["email"],
        ["zip"] = ["postal_code"],
        ["postcode"] = ["postal_code"],
        ["expires"] = ["expiry_date"],
        ["expirydate"] = ["expiry_date"],
        ["ordereddate"] = ["orderedAt"],
        ["orderid"] = ["referenceId", "reference_id", "order_reference"],
        ["ordernumber"] = ["referenceId", "reference_id", "order_reference"],
        ["qty"] = ["quantity"],
        ["amount"] = ["price"],
        ["unitprice"] = ["price"],
        ["identityprovider"] = ["provider"],
        ["value"] = ["id"],
        ["email"] = ["text"],
        ["query"] = ["text"],
        ["why"] = ["reason"],
        ["comment"] = ["reason"],
        ["sku"] = ["item_id"],
    }.ToFrozenDictionary();

    /// <summary>
    /// The one of <paramref name="known"/> that differs only in case and separators, or that the name is an alias of.
    /// </summary>
    public static string? MeantBy(string name, IEnumerable<string> known)
    {
        var folded = Fold(name);
        if (folded.Length == 0)
            return null;
        var aliases = AliasesOf(folded);
        string? found = null;
        foreach (var candidate in known)
        {
            if (candidate == name)
                return null;
            if (Fold(candidate) == folded)
                return candidate;
            if (aliases.Contains(candidate))
                found = candidate;
        }

        return found;
    }

    /// <summary>The members that a folded name is an alias of.</summary>
    public static IReadOnlyList<string> AliasesOf(string folded) => Aliases.GetValueOrDefault(folded, []);

    /// <summary>The same; otherwise a known name that differs by one typing error.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var names = known as IReadOnlyCollection<string> ?? [.. known];
        return MeantBy(name, names)
            ?? names.FirstOrDefault(candidate => candidate != name && IsNear(Fold(name), Fold(candidate)));
    }

    /// <summary>A hint for an error message; empty if no name is similar.</summary>
    public static string Advice(string? meant) => meant is null ? "" : $" Did you mean {meant}?";

    /// <summary>
    /// A name in the letters that the vendor asks for in <c>ext</c>: <c>frame.size</c> becomes <c>frameSize</c>. Empty where
    /// letters of another alphabet would be lost: what is left of <c>größe</c> says nothing.
    /// </summary>
    public static string CamelCase(params ReadOnlySpan<string> parts)
    {
        const int longest = 64;
        var name = new StringBuilder();
        foreach (var part in parts)
        {
            var starts = name.Length > 0;
            foreach (var character in part)
            {
                if (!char.IsAscii(character) && char.IsLetterOrDigit(character))
                    return "";
                if (!char.IsAsciiLetterOrDigit(character))
                    starts = name.Length > 0;
                else if (name.Length < longest)
                {
                    name.Append(starts ? char.ToUpperInvariant(character) : character);
                    starts = false;
                }
            }
        }

        return name.ToString();
    }

    /// <summary>Letters and digits in lower case, full-width ones as plain ones.</summary>
    public static string Fold(string name)
    {
        const int longestOnStack = 128;
        Span<char> folded = name.Length <= longestOnStack ? stackalloc char[longestOnStack] : new char[name.Length];
        return folded[..Fold(name, folded)].ToString();
    }

    /// <summary>The same into memory of at least the name's length; returns the number of characters.</summary>
    public static int Fold(ReadOnlySpan<char> name, Span<char> folded)
    {
        var length = 0;
        foreach (var character in name)
        {
            var plain = character is >= '\uFF01' and <= '\uFF5E' ? (char)(character - 0xFEE0) : character;
            if (char.IsLetterOrDigit(plain))
                folded[length++] = char.ToLowerInvariant(plain);
        }

        return length;
    }

    /// <summary>One letter too many, too few, another, or two exchanged.</summary>
    private static bool IsNear(string one, string other)
    {
        const int shortest = 4;
        if (one.Length < shortest || other.Length < shortest || Math.Abs(one.Length - other.Length) > 1)
            return false;
        var start = one.AsSpan().CommonPrefixLength(other);
        var rest = one.AsSpan(start);
        var otherRest = other.AsSpan(start);
        if (rest.Length == otherRest.Length)
            return rest.Length > 0 && (rest[1..].SequenceEqual(otherRest[1..])
                || (rest.Length > 1 && rest[0] == otherRest[1] && rest[1] == otherRest[0]
                    && rest[2..].SequenceEqual(otherRest[2..])));
        return rest.Length > otherRest.Length ? rest[1..].SequenceEqual(otherRest) : otherRest[1..].SequenceEqual(rest);
    }
}
