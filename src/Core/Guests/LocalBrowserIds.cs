namespace GuestSessions.Core.Guests;

/// <summary>
/// Browser ids given out while the upstream has none to give. They can be told by their form, so that nothing has to be
/// looked up: version 8 of RFC 9562, which the upstream does not issue, behind a fixed first group. Before anything of
/// such a browser is delivered, its line gets an id of the upstream.
/// </summary>
public static class LocalBrowserIds
{
    private const string Mark = "10ca1b1d";
    private const int VersionAt = 14;
    private const int SignatureAt = 28;

    /// <param name="random">Where its other digits come from: a random UUID.</param>
    public static string Make(Guid random) =>
        string.Concat(Mark, random.ToString("D").AsSpan(Mark.Length, VersionAt - Mark.Length), "8",
            random.ToString("D").AsSpan(VersionAt + 1));

    /// <summary>One that every host of the store knows as given out by this service to a browser of the tenant.</summary>
    public static string Make(Guid random, GuestKeyring keyring, string tenant)
    {
        var unsigned = Make(random)[..SignatureAt];
        return unsigned + Signature(unsigned, keyring, tenant);
    }

    /// <summary>Whether this service gave it out; what is made up is one by a chance of 1 in 4,294,967,296.</summary>
    public static bool IsSigned(string browserId, GuestKeyring keyring, string tenant)
    {
        var lower = browserId.ToLowerInvariant();
        return Is(lower) && Signature(lower[..SignatureAt], keyring, tenant) == lower[SignatureAt..];
    }

    private static string Signature(string unsigned, GuestKeyring keyring, string tenant) =>
        keyring.KeyOf(tenant, unsigned).HashText[..8];

    public static bool Is(string browserId) =>
        browserId.Length == 36 && browserId[VersionAt] == '8'
        && browserId.StartsWith(Mark, StringComparison.OrdinalIgnoreCase);
}
