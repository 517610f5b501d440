using GuestSessions.Core.Options;

namespace GuestSessions.Core.Events;

/// <summary>
/// Whether the tenant's identity rules know the providers of identifiers. The upstream compares exactly, and an
/// identifier of any other provider leaves the guest a visitor without a word.
/// </summary>
internal static class IdentityRuleCheck
{
    public static void Check(string provider, string path, TenantRulesOptions tenant, Violations found)
    {
        if (tenant.IdentityRules.Count == 0 || tenant.IdentityRules.Contains(provider))
            return;
        found.Note(!tenant.Strict, EventCodes.UnknownIdentityProvider, path,
            $"Expected the provider of an identity rule: {string.Join(", ", tenant.IdentityRules)}; "
            + $"got \"{Rules.TextForm.Cut(provider)}\".{Spelling.Advice(Spelling.Nearest(provider, tenant.IdentityRules))}");
    }
}
