using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Api.Ingest;

/// <summary>
/// The common attributes of an IDENTITY event that the service creates itself. Only the configuration can provide
/// them.
/// </summary>
internal static class TenantDefaults
{
    /// <summary>The attributes; or null, with a violation for each missing default.</summary>
    public static (CommonEventAttributes? Common, IReadOnlyList<Violation> Missing) For(Tenant tenant)
    {
        var pos = tenant.DefaultPointOfSale;
        var own = pos?.Defaults ?? new EventDefaults();
        var missing = new List<Violation>();
        var name = Known("PointOfSale", pos?.Name);
        var channel = Known("Channel", own.Channel, tenant.Defaults.Channel);
        var language = Known("Language", own.Language, tenant.Defaults.Language);
        var currency = Known("Currency", own.Currency, tenant.Defaults.Currency);
        return missing.Count == 0
            ? (new CommonEventAttributes(channel, language, currency, name, pos!.SessionTimeout), missing)
            : (null, missing);

        string Known(string key, string? first, string? second = null)
        {
            var value = string.IsNullOrEmpty(first) ? second : first;
            if (!string.IsNullOrEmpty(value))
                return value;
            missing.Add(new Violation(EventCodes.MissingDefault, "",
                $"An IDENTITY event needs {SessionsOptions.Section}:Tenants:{tenant.Name}:Defaults:{key}."));
            return "";
        }
    }
}
