namespace GuestSessions.Grains.Guests;

/// <summary>Identifies the boot of this process's machine, from which its uptime counts.</summary>
public static class MachineBoot
{
    private const string BootId = "/proc/sys/kernel/random/boot_id";

    public static Guid Id { get; } = Read();

    /// <summary>If the machine gives no boot id, every process counts as on its own machine.</summary>
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
