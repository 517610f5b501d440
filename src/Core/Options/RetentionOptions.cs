using System.ComponentModel.DataAnnotations;

namespace GuestSessions.Core.Options;

/// <summary>How long what has ended is kept.</summary>
public class RetentionOptions
{
    /// <summary>How long finished history stays readable. <value>30 days</value></summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long the audit keeps people's acts. <value>400 days</value></summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan AuditRetention { get; set; } = TimeSpan.FromDays(400);
}
