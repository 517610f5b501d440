namespace GuestSessions.Core.Guests;

/// <summary>
/// Browser ids that the service issues while no upstream id is available. Their form identifies them without a
/// look-up: a fixed first group, and version 8 of RFC 9562, which the upstream does not issue. The browser's line
/// gets an upstream id before its first delivery.
/// </summary>
public static class LocalBrowserIds
{
    private const string Mark = "10ca1b1d";
    private const int VersionAt = 14;
    private const int SignatureAt = 28;

    /// <param name="random">A random UUID, which provides the other digits.</param>
    public static string Make(Guid random) =>
        string.Concat(Mark, random.ToString("D").AsSpan(Mark.Length, VersionAt - Mark.Length), "8",
            random.ToString("D").AsSpan(VersionAt + 1));

    /// <summary>Makes a signed id: every host of the store can verify that this service issued it for the tenant.</summary>
    public static string Make(Guid random, GuestKeyring keyring, string tenant)
    {
        var unsigned = Make(random)[..SignatureAt];
        return unsigned + Signature(unsigned, keyring, tenant);
    }

    /// <summary>Whether this service issued it. A made-up id passes with a probability of 1 in 4,294,967,296.</summary>
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
