namespace GuestSessions.Core.Options;

/// <summary>The rules by which a tenant's events are checked.</summary>
public sealed class TenantRulesOptions
{
    /// <summary>
    /// Reject events that would otherwise be accepted with a pre-flight warning: the upstream is known to
    /// misread them. <value>false</value>
    /// </summary>
    public bool Strict { get; set; }

    /// <summary>
    /// Send FORCE_CLOSE, from callers and from <c>sessions/close</c>. No page of the vendor documents it;
    /// practitioners report that it works only outside production. <value>false</value>
    /// </summary>
    public bool AllowForceClose { get; set; }

    /// <summary>
    /// The identifier providers of the tenant's identity rules, as configured upstream. Without any, the
    /// service warns about no provider and sends all identifiers.
    /// </summary>
    public List<string> IdentityRules { get; set; } = [];
}
