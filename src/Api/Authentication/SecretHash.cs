using System.Security.Cryptography;
using System.Text;

namespace GuestSessions.Api.Authentication;

/// <summary>SHA-256 of a whole bearer value. The service keeps nothing else of a secret.</summary>
/// <remarks>
/// A hash is found by hash code like any dictionary key, then compared in fixed time. Neither step tells an attacker more
/// than the hash of a guess, and a secret cannot be derived from its hash.
/// </remarks>
public sealed class SecretHash : IEquatable<SecretHash>
{
    /// <summary>Characters. The service has no longer secrets.</summary>
    public const int LongestSecret = 512;

    private readonly byte[] _digest;

    private SecretHash(byte[] digest) => _digest = digest;

    /// <exception cref="ArgumentOutOfRangeException">The secret is longer than <see cref="LongestSecret"/>.</exception>
    public static SecretHash Of(ReadOnlySpan<char> secret)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(secret.Length, LongestSecret);
        Span<byte> utf8 = stackalloc byte[Encoding.UTF8.GetMaxByteCount(LongestSecret)];
        return new SecretHash(SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(secret, utf8)]));
    }

    /// <summary>Reads 64 hexadecimal digits.</summary>
    public static SecretHash Parse(string hex) => new(Convert.FromHexString(hex));

    public bool Equals(SecretHash? other)
        => other is not null && CryptographicOperations.FixedTimeEquals(_digest, other._digest);

    public override bool Equals(object? obj) => Equals(obj as SecretHash);

    public override int GetHashCode() => BitConverter.ToInt32(_digest);

    public override string ToString() => Convert.ToHexStringLower(_digest);
}
