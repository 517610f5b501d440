namespace GuestSessions.Emulator;

/// <summary>A point of sale of the emulated tenant.</summary>
public sealed class PointOfSale
{
    public required string Name { get; init; }

    /// <summary>Sites whose events belong to this point of sale in the edge form.</summary>
    public IList<string> SiteIds { get; init; } = [];

    /// <summary>Inactivity after which a session is closed. <value>20 min</value></summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromMinutes(20);
}
