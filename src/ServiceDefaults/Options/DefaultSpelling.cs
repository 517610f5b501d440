using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>Default languages as the upstream spells them: <c>fr-CA</c> in the configuration fills FR in, as it does in an event.</summary>
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

    // Of the others, what is no right value is refused at start: whoever configures it can mend it there.
    private static void Apply(EventDefaults defaults)
    {
        if (!string.IsNullOrEmpty(defaults.Language))
            defaults.Language = AttributeRules.Language.Form!.Corrected(defaults.Language) ?? defaults.Language;
    }
}
