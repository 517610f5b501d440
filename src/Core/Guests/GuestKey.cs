using System.Globalization;

namespace GuestSessions.Core.Guests;

/// <summary>
/// Names a guest inside the service: the tenant, and a 128-bit keyed hash of the guest id. Grains, journal rows and
/// log lines carry this key, so that none of them contains a caller's guest id.
/// </summary>
/// <param name="Tenant">The tenant's name as configured, 1 to 64 of <c>[A-Za-z0-9_-]</c>.</param>
/// <param name="Hash">HMAC-SHA-256 of tenant, kind and id, truncated; see <see cref="GuestKeyring"/>.</param>
public readonly record struct GuestKey(string Tenant, UInt128 Hash) : IComparable<GuestKey>
{
    private const int HashLength = 32;

    /// <summary>The grain key: <c>tenant/hash</c>, the hash as 32 lower-case hexadecimal digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Tenant}/{Hash:x32}");

    /// <summary>The hash alone, as 32 lower-case hexadecimal digits: what logs show of a guest.</summary>
    public string HashText => Hash.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not <c>tenant/hash</c>.</exception>
    public static GuestKey Parse(string text)
    {
        var slash = text.LastIndexOf('/');
        if (slash <= 0 || text.Length - slash - 1 != HashLength
            || !UInt128.TryParse(text.AsSpan(slash + 1), NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture, out var hash))
            throw new FormatException("A guest key reads tenant/hash with 32 hexadecimal digits.");
        return new GuestKey(text[..slash], hash);
    }

    /// <summary>Orders keys as stores do: by hash, big-endian. Hashes already differ between tenants.</summary>
    public int CompareTo(GuestKey other)
    {
        var byHash = Hash.CompareTo(other.Hash);
        return byHash != 0 ? byHash : string.CompareOrdinal(Tenant, other.Tenant);
    }

    public static bool operator <(GuestKey left, GuestKey right) => left.CompareTo(right) < 0;
    public static bool operator <=(GuestKey left, GuestKey right) => left.CompareTo(right) <= 0;
    public static bool operator >(GuestKey left, GuestKey right) => left.CompareTo(right) > 0;
    public static bool operator >=(GuestKey left, GuestKey right) => left.CompareTo(right) >= 0;
}
