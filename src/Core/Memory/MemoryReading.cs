namespace GuestSessions.Core.Memory;

/// <summary>Bytes that the runtime's heap holds, garbage included, and those it may hold.</summary>
public readonly record struct MemoryReading(long Used, long Limit)
{
    /// <summary>
    /// Of this process. The limit is <c>DOTNET_GCHeapHardLimit</c>, or three quarters of a container's memory, or the
    /// machine's memory.
    /// </summary>
    public static MemoryReading OfProcess() =>
        new(GC.GetTotalMemory(forceFullCollection: false), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
}
