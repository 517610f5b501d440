using System.Buffers.Binary;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// A hash as a <c>uuid</c>, which PostgreSQL stores in 16 bytes and sorts big-endian, as all stores sort hashes.
/// </summary>
internal static class PostgresHash
{
    private const int Length = 16;

    public static Guid ToGuid(UInt128 hash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        return new Guid(bytes, bigEndian: true);
    }

    public static UInt128 FromGuid(Guid guid)
    {
        Span<byte> bytes = stackalloc byte[Length];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
