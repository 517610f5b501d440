using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Events;

/// <summary>
/// Whether the tenant's identity rules know the providers of identifiers. The upstream compares exactly, and an
/// identifier of any other provider leaves the guest a visitor without a word.
/// </summary>
internal static class IdentityRuleCheck
{
    public const string Code = "unknown_identity_provider";

    public static void Check(
        IReadOnlyList<Identifier> identifiers, string path, TenantRulesOptions tenant, Violations found)
    {
        if (tenant.IdentityRules.Count == 0)
            return;
        for (var i = 0; i < identifiers.Count; i++)
        {
            var provider = identifiers[i].Provider;
            if (!tenant.IdentityRules.Contains(provider))
                found.Note(!tenant.Strict, Code, $"{path}/identifiers/{i}/provider",
                    $"Expected the provider of an identity rule: {string.Join(", ", tenant.IdentityRules)}; "
                    + $"got \"{Rules.TextForm.Cut(provider)}\".");
        }
    }
}
