using System.Security.Cryptography;
using System.Text;

namespace GuestSessions.Api.Authentication;

/// <summary>SHA-256 of a whole bearer value: all the service ever keeps of one.</summary>
/// <remarks>
/// Found by hash code like any dictionary key, then compared in fixed time. Neither tells an attacker more
/// than the hash of a guess, and from a hash nobody gets to the secret.
/// </remarks>
public sealed class SecretHash : IEquatable<SecretHash>
{
    /// <summary>Characters. What is longer is no secret of ours.</summary>
    public const int LongestSecret = 512;

    private readonly byte[] _digest;

    private SecretHash(byte[] digest) => _digest = digest;

    /// <exception cref="ArgumentOutOfRangeException">It is longer than that.</exception>
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
