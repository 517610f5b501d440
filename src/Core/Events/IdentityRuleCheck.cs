using GuestSessions.Core.Options;

namespace GuestSessions.Core.Events;

/// <summary>
/// Checks that the tenant's identity rules know the provider of an identifier. The upstream compares exactly. With
/// any other provider, the guest silently stays a visitor.
/// </summary>
internal static class IdentityRuleCheck
{
    public static void Check(string provider, Place identifier, TenantRulesOptions tenant, Violations found)
    {
        if (tenant.IdentityRules.Count == 0 || tenant.IdentityRules.Contains(provider))
            return;
        found.Note(!tenant.Strict, EventCodes.UnknownIdentityProvider, identifier.Then("provider"),
            $"Expected the provider of an identity rule: {string.Join(", ", tenant.IdentityRules)}; "
            + $"got \"{Rules.TextForm.Cut(provider)}\".{Spelling.Advice(Spelling.Nearest(provider, tenant.IdentityRules))}");
    }
}
