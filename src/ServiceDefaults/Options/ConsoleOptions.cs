namespace GuestSessions.ServiceDefaults.Options;

/// <summary>The support console.</summary>
public sealed class ConsoleOptions
{
    /// <summary>
    /// Let everybody choose a role to sign in with. Works only in Development, where it is the default; with true, no other
    /// host starts. <value>in Development</value>
    /// </summary>
    public bool? Personas { get; set; }
}
