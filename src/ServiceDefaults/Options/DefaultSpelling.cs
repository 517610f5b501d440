using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>Spells default languages as the upstream does: <c>fr-CA</c> becomes FR, as in events.</summary>
internal static class DefaultSpelling
{
    public static void Apply(SessionsOptions options)
    {
        foreach (var tenant in options.Tenants.Values)
        {
            Apply(tenant.Defaults);
            tenant.PointsOfSale.ForEach(static pos => Apply(pos.Defaults));
        }
    }

    // Other invalid defaults are not corrected: the checks at start reject them, and the operator can fix them.
    private static void Apply(EventDefaults defaults)
    {
        if (!string.IsNullOrEmpty(defaults.Language))
            defaults.Language = AttributeRules.Language.Form!.Corrected(defaults.Language) ?? defaults.Language;
    }
}
