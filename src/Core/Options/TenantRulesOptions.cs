namespace GuestSessions.Core.Options;

/// <summary>What a tenant says of the rules its events are held against.</summary>
public sealed class TenantRulesOptions
{
    /// <summary>
    /// Refuse what would otherwise be taken with a pre-flight warning: what the upstream is known to misread.
    /// <value>false</value>
    /// </summary>
    public bool Strict { get; set; }

    /// <summary>
    /// Send FORCE_CLOSE, of callers and of <c>sessions/close</c>. No page of the vendor knows it; practitioners
    /// report that it works outside of production only. <value>false</value>
    /// </summary>
    public bool AllowForceClose { get; set; }

    /// <summary>
    /// The identifier providers of the tenant's identity rules, as configured upstream. Where there are none
    /// here, nothing is said of providers and all identifiers travel.
    /// </summary>
    public List<string> IdentityRules { get; set; } = [];
}
