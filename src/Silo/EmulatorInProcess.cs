using GuestSessions.Core.Options;
using GuestSessions.Emulator;

namespace GuestSessions.Silo;

/// <summary>The Stream API emulator in the silo's own process, knowing the tenants the silo knows.</summary>
internal static class EmulatorInProcess
{
    public static IServiceCollection AddEmulator(this IServiceCollection services, SessionsOptions options)
    {
        if (!options.Emulator.Enabled)
            return services;
        return services.AddHostedService(_ => new StreamApiEmulator(SettingsOf(options)));
    }

    private static EmulatorSettings SettingsOf(SessionsOptions options)
    {
        var settings = new EmulatorSettings { Urls = options.Emulator.Url };
        foreach (var tenant in options.Tenants.Values)
        {
            if (tenant.StreamApi.ClientKey.Length > 0)
                settings.ClientKeys.Add(tenant.StreamApi.ClientKey);
            if (tenant.StreamApi.ContextId.Length > 0)
                settings.ContextIds.Add(tenant.StreamApi.ContextId);
            foreach (var pointOfSale in tenant.PointsOfSale)
                settings.PointsOfSale.Add(new PointOfSale
                {
                    Name = pointOfSale.Name,
                    SiteIds = pointOfSale.SiteIds,
                    SessionTimeout = pointOfSale.SessionTimeout,
                });
        }

        return settings;
    }
}
