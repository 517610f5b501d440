using System.Buffers;
using Microsoft.Extensions.ObjectPool;

namespace GuestSessions.StreamApi.Wire;

/// <summary>
/// Buffers for composed requests and for answers, used again and again. A buffer may be returned only when no connection
/// can touch it any more. If that is not certain, leave it to the garbage collector.
/// </summary>
internal static class Buffers
{
    // More can be in use at the same time. What a burst returns beyond this is not kept.
    private const int MostKept = 64;

    // An event has some hundred bytes. A buffer that grew beyond this was an exception.
    private const int LongestKept = 16 * 1024;

    private const int InitialLength = 1024;

    private static readonly DefaultObjectPool<ArrayBufferWriter<byte>> Pool = new(new Policy(), MostKept);

    /// <summary>An empty buffer.</summary>
    public static ArrayBufferWriter<byte> Rent() => Pool.Get();

    /// <summary>Takes a buffer back. Nobody may use it, or memory of it, after that.</summary>
    public static void Return(ArrayBufferWriter<byte> buffer) => Pool.Return(buffer);

    private sealed class Policy : PooledObjectPolicy<ArrayBufferWriter<byte>>
    {
        public override ArrayBufferWriter<byte> Create() => new(InitialLength);

        public override bool Return(ArrayBufferWriter<byte> obj)
        {
            obj.ResetWrittenCount();
            return obj.Capacity <= LongestKept;
        }
    }
}
