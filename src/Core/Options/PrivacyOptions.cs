using System.ComponentModel.DataAnnotations;

namespace GuestSessions.Core.Options;

/// <summary>Erasure and export of guests.</summary>
public sealed class PrivacyOptions
{
    /// <summary>
    /// How long an erasure waits before it searches a second time, for what was being written when the guest got its tombstone.
    /// <value>15 s</value>
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan SecondSearchAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the file of an export can be taken. <value>1 h</value></summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan ExportLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the file of an erasure for the upstream can be taken. <value>24 h</value></summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan HandOffLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Maximum number of masked values that one person or key can reveal within an hour, over all hosts.
    /// <value>30</value>
    /// </summary>
    [Range(1, 10_000)]
    public int RevealsPerHour { get; set; } = 30;

    /// <summary>
    /// How long backups of the database are kept. Certificates of erasures state it; the service does not make backups.
    /// <value>none: certificates say that it is not known</value>
    /// </summary>
    public TimeSpan? BackupRetention { get; set; }
}
