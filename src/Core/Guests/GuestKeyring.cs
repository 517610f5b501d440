using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using GuestSessions.Core.Journal;

namespace GuestSessions.Core.Guests;

/// <summary>
/// Turns guest ids and search terms into keyed hashes. The secret is in the journal's own database and is the same
/// for all silos of one store. A reader who has only logs or only keys cannot recompute the hashes.
/// </summary>
/// <param name="secret">32 random bytes, made once when the store is created.</param>
public sealed class GuestKeyring(byte[] secret)
{
    public const int SecretLength = 32;

    private const byte GuestPurpose = 1;
    private const byte TermPurpose = 2;

    private readonly byte[] _secret = secret.Length == SecretLength
        ? secret
        : throw new ArgumentException($"The keyring's secret must have {SecretLength} bytes.", nameof(secret));

    /// <summary>Copies the secret for other hosts of the same cluster. Never give it to anyone else.</summary>
    public byte[] CopySecret() => [.. _secret];

    /// <summary>The key of a caller's guest. Guest ids are case-sensitive.</summary>
    public GuestKey KeyOf(string tenant, string guest) => new(tenant, Hash(GuestPurpose, tenant, "guest", guest));

    /// <summary>The hash under which a search term is indexed for a tenant.</summary>
    public UInt128 HashOf(string tenant, SearchTerm term) => Hash(TermPurpose, tenant, term.Kind, term.Value);

    private UInt128 Hash(byte purpose, string tenant, string kind, string value)
    {
        // Lengths first, so that no two different triples share the same bytes.
        var length = 1 + (3 * sizeof(int)) + Encoding.UTF8.GetByteCount(tenant)
            + Encoding.UTF8.GetByteCount(kind) + Encoding.UTF8.GetByteCount(value);
        Span<byte> input = length <= 512 ? stackalloc byte[length] : new byte[length];
        input[0] = purpose;
        var at = 1;
        foreach (var part in (ReadOnlySpan<string>)[tenant, kind, value])
        {
            var written = Encoding.UTF8.GetBytes(part, input[(at + sizeof(int))..]);
            BinaryPrimitives.WriteInt32LittleEndian(input[at..], written);
            at += sizeof(int) + written;
        }

        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, input, digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }
}
