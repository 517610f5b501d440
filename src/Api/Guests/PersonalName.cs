using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace GuestSessions.Api.Guests;

/// <summary>Names of attributes that tell who or where someone is.</summary>
/// <remarks>
/// Those of IDENTITY, ADD_CONTACTS and ADD_CONSUMERS, and whatever an app puts together with them, such as
/// <c>billing_address</c> or <c>homePhone</c>. Title, gender, state and country do not tell by themselves.
/// </remarks>
internal static partial class PersonalName
{
    /// <summary>Compared without case, <c>_</c> and <c>-</c>.</summary>
    private static readonly FrozenSet<string> Whole = FrozenSet.Create(StringComparer.Ordinal,
        "city", "postalcode", "postcode", "zip", "zipcode", "passport", "passportnumber");

    /// <summary>Personal as a whole name, as one word of a name and as two words beside each other.</summary>
    private static readonly FrozenSet<string> Words = FrozenSet.Create(StringComparer.Ordinal,
        "email", "emailaddress", "mail", "firstname", "lastname", "fullname", "surname", "mobile", "phone",
        "phonenumber", "telephone", "dob", "birth", "birthdate", "birthday", "dateofbirth", "street", "address");

    public static bool Is(string name)
    {
        var plain = Plain(name);
        if (Whole.Contains(plain) || Words.Contains(plain))
            return true;

        var words = Boundary().Split(name).Select(word => word.ToLowerInvariant()).ToList();
        return words.Any(Words.Contains) || words.Zip(words.Skip(1), string.Concat).Any(Words.Contains);
    }

    /// <summary>The name as it is compared.</summary>
    public static string Plain(string name)
        => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal)
            .ToLowerInvariant();

    [GeneratedRegex("[_-]+|(?<=[a-z0-9])(?=[A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex Boundary();
}
