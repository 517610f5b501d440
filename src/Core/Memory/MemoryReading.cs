namespace GuestSessions.Core.Memory;

/// <summary>Bytes in the runtime's heap, including garbage, and the most it may hold.</summary>
public readonly record struct MemoryReading(long Used, long Limit)
{
    /// <summary>
    /// Reads this process. The limit is <c>DOTNET_GCHeapHardLimit</c>, or three quarters of a container's memory, or the
    /// machine's memory.
    /// </summary>
    public static MemoryReading OfProcess() =>
        new(GC.GetTotalMemory(forceFullCollection: false), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
}
