using System.Buffers;

namespace GuestSessions.Core.Events;

/// <summary>What <see cref="CanonicalJson"/> wrote, in pooled memory until it is disposed.</summary>
/// <param name="pooled">Holds the text.</param>
/// <param name="length">Bytes.</param>
/// <param name="hasRepeatedNames">Whether an object has two members of one name, so that the form says nothing.</param>
internal readonly struct CanonicalForm(byte[] pooled, int length, bool hasRepeatedNames) : IDisposable
{
    public bool HasRepeatedNames => hasRepeatedNames;

    public ContentHash Hash => ContentHash.Of(pooled.AsSpan(0, length));

    public void Dispose()
    {
        if (pooled is not null)
            ArrayPool<byte>.Shared.Return(pooled);
    }
}
