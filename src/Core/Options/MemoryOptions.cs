using System.ComponentModel.DataAnnotations;

namespace GuestSessions.Core.Options;

/// <summary>
/// What a host does as its memory fills. Percentages are of the limit of the runtime's heap:
/// <c>DOTNET_GCHeapHardLimit</c>, or three quarters of a container's memory, or the machine's.
/// <c>LeavePercent</c>, <c>RejectPercent</c> and <c>RejectAllPercent</c> have to rise in this order.
/// </summary>
public sealed class MemoryOptions
{
    /// <summary>
    /// From this percentage on idle guests leave memory, those unused for longest first. <value>60</value>
    /// </summary>
    [Range(5, 90)]
    public int LeavePercent { get; set; } = 60;

    /// <summary>
    /// Guests stop leaving when this much less than <c>LeavePercent</c> is used. <value>10</value>
    /// </summary>
    [Range(1, 50)]
    public int SparePercent { get; set; } = 10;

    /// <summary>
    /// From this percentage on events of backends are rejected with <c>memory</c>; backends retry them.
    /// <value>80</value>
    /// </summary>
    [Range(5, 95)]
    public int RejectPercent { get; set; } = 80;

    /// <summary>
    /// From this percentage on SDK events, which no client sends again, and reads are rejected too.
    /// <value>90</value>
    /// </summary>
    [Range(5, 98)]
    public int RejectAllPercent { get; set; } = 90;

    /// <summary>
    /// Guests without calls and without undelivered events leave memory after this time. <value>15 min</value>
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:02", "1.00:00:00")]
    public TimeSpan IdleAge { get; set; } = TimeSpan.FromMinutes(15);
}
