using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>Defaults as the upstream spells them: <c>fr-CA</c> in the configuration fills FR in, as it does in an event.</summary>
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

    private static void Apply(EventDefaults defaults)
    {
        defaults.Channel = Spelled(AttributeRules.Channel, defaults.Channel);
        defaults.Language = Spelled(AttributeRules.Language, defaults.Language);
        defaults.Currency = Spelled(AttributeRules.Currency, defaults.Currency);
    }

    private static string? Spelled(AttributeRule rule, string? value)
        => string.IsNullOrEmpty(value) ? value : rule.Form!.Mended(value) ?? value;
}
