using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>Checks a tenant's points of sale, and the defaults that refer to them.</summary>
internal static class PointOfSaleChecks
{
    public static void Check(TenantOptions tenant, string path, List<string> failures)
    {
        if (tenant.PointsOfSale.Count == 0)
            failures.Add($"{path}:PointsOfSale: configure at least one; events for any other are rejected.");

        var names = new HashSet<string>(StringComparer.Ordinal);
        var sites = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < tenant.PointsOfSale.Count; at++)
        {
            var pos = tenant.PointsOfSale[at];
            var key = $"{path}:PointsOfSale:{at}";
            if (pos.Name.Length > 0 && !names.Add(pos.Name))
                failures.Add($"{key}:Name: \"{pos.Name}\" is configured twice.");
            foreach (var site in pos.SiteIds.Where(site => site.Length == 0 || !sites.Add(site)))
                failures.Add($"{key}:SiteIds: \"{site}\" must belong to exactly one point of sale.");
            if (tenant.StreamApi.Form == StreamApiForm.Edge && pos.SiteIds.Count == 0)
                failures.Add($"{key}:SiteIds: the edge form needs the site of each point of sale.");
            if (pos.Defaults.PointOfSale is not null)
                failures.Add($"{key}:Defaults:PointOfSale: only a tenant has a default point of sale.");
            CheckDefaults(pos.Defaults, $"{key}:Defaults", failures);
        }

        CheckDefaults(tenant.Defaults, $"{path}:Defaults", failures);
        if (tenant.Defaults.PointOfSale is { } name && !names.Contains(name))
            failures.Add($"{path}:Defaults:PointOfSale: \"{name}\" is not one of the tenant's PointsOfSale.");
    }

    private static void CheckDefaults(EventDefaults defaults, string path, List<string> failures)
    {
        Check(AttributeRules.Channel, defaults.Channel, "Channel");
        Check(AttributeRules.Language, defaults.Language, "Language");
        Check(AttributeRules.Currency, defaults.Currency, "Currency");

        void Check(AttributeRule rule, string? value, string key)
        {
            if (!string.IsNullOrEmpty(value) && !rule.Form!.IsMatch(value) && !rule.Form.Advised)
                failures.Add($"{path}:{key}: expected {rule.Expected}.");
        }
    }
}
