using System.ComponentModel.DataAnnotations;

namespace GuestSessions.Core.Options;

/// <summary>
/// What a host does as its memory fills. Percentages are of what the runtime's heap may take: <c>DOTNET_GCHeapHardLimit</c>,
/// or three quarters of a container's memory, or the machine's. They rise in the order given here.
/// </summary>
public sealed class MemoryOptions
{
    /// <summary>From here on guests that rest leave memory, those unused for longest first. <value>60</value></summary>
    [Range(5, 90)]
    public int LeavePercent { get; set; } = 60;

    /// <summary>So many percent below it they have left enough. <value>10</value></summary>
    [Range(1, 50)]
    public int SparePercent { get; set; } = 10;

    /// <summary>
    /// From here on events of backends are rejected with <c>memory</c>; they can come again. <value>80</value>
    /// </summary>
    [Range(5, 95)]
    public int RejectPercent { get; set; } = 80;

    /// <summary>From here on SDK events, which nobody sends again, and reads are rejected too. <value>90</value></summary>
    [Range(5, 98)]
    public int RejectAllPercent { get; set; } = 90;

    /// <summary>Guests without calls or undelivered events leave memory after this. <value>15 min</value></summary>
    [Range(typeof(TimeSpan), "00:00:02", "1.00:00:00")]
    public TimeSpan IdleAge { get; set; } = TimeSpan.FromMinutes(15);
}
