using System.Buffers.Binary;
using System.Security.Cryptography;

namespace GuestSessions.Emulator;

/// <summary>
/// Issues browser ids whose last 32 bits prove that an emulator issued them. So the emulator stores none of
/// them, and still knows earlier ids after a restart.
/// </summary>
internal static class BrowserIds
{
    private const int ProofAt = 12;

    private static ReadOnlySpan<byte> Salt => "stream-api-emulator browser id"u8;

    public static Guid Issue()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[ProofAt..], ProofOf(bytes[..ProofAt]));
        return new Guid(bytes, bigEndian: true);
    }

    public static bool IsKnown(string text, out Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        return Guid.TryParseExact(text, "D", out id)
            && id.TryWriteBytes(bytes, bigEndian: true, out _)
            && BinaryPrimitives.ReadUInt32BigEndian(bytes[ProofAt..]) == ProofOf(bytes[..ProofAt]);
    }

    /// <summary>The reference of the visitor that was created together with the browser id.</summary>
    public static Guid CustomerOf(Guid browserId)
    {
        Span<byte> bytes = stackalloc byte[16];
        browserId.TryWriteBytes(bytes, bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    private static uint ProofOf(ReadOnlySpan<byte> random)
    {
        Span<byte> salted = stackalloc byte[ProofAt + Salt.Length];
        random.CopyTo(salted);
        Salt.CopyTo(salted[ProofAt..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(salted, hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }
}
