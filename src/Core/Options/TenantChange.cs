namespace GuestSessions.Core.Options;

/// <summary>What changed in a tenant's settings while the service runs.</summary>
/// <param name="Settings">
/// Names of changed settings below the tenant, such as <c>Delivery:Settle</c> or <c>ApiKeys:backend-2026:Scopes</c>; never values.
/// </param>
public sealed record TenantChange(string Tenant, TenantChangeKind Kind, IReadOnlyList<string> Settings)
{
    /// <summary>Whether a section changed, or came with a new tenant.</summary>
    public bool Touches(string section) => Kind == TenantChangeKind.Added
        || Settings.Any(setting => setting == section || setting.StartsWith($"{section}:", StringComparison.Ordinal));
}

public enum TenantChangeKind
{
    Added,
    Changed,
    Removed,
}
