namespace GuestSessions.Grains.Guests;

/// <summary>Which start of which machine this process belongs to: what its uptime counts from.</summary>
public static class MachineBoot
{
    private const string BootId = "/proc/sys/kernel/random/boot_id";

    public static Guid Id { get; } = Read();

    /// <summary>Where a machine does not say, every process counts as on a machine of its own.</summary>
    private static Guid Read()
    {
        try
        {
            return Guid.TryParse(File.ReadAllText(BootId), out var id) ? id : Guid.NewGuid();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Guid.NewGuid();
        }
    }
}
