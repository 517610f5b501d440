using GuestSessions.Core.Memory;
using GuestSessions.Emulator;
using GuestSessions.ServiceDefaults.Options;

namespace GuestSessions.Silo;

/// <summary>Runs the Stream API emulator in the silo's own process, with the silo's tenants.</summary>
internal static class EmulatorInProcess
{
    /// <summary>
    /// Bounds the emulator to about a tenth of this process's memory for arrivals, guests and sessions, and a twentieth for
    /// bodies.
    /// </summary>
    internal static void Bound(EmulatorSettings settings, long memory)
    {
        const int bytesOfEach = 4_000;
        var kept = (int)Math.Clamp(memory / 10 / bytesOfEach, 1_000, settings.ArrivalsKept);
        settings.ArrivalsKept = settings.GuestsKept = settings.SessionsKept = kept;
        settings.ArrivalBytesKept = Math.Min(settings.ArrivalBytesKept, memory / 20);
    }

    public static IServiceCollection AddEmulator(this IServiceCollection services, ServiceOptions options)
    {
        if (!options.Emulator.Enabled)
            return services;
        return services.AddHostedService(_ => new StreamApiEmulator(SettingsOf(options)));
    }

    private static EmulatorSettings SettingsOf(ServiceOptions options)
    {
        var settings = new EmulatorSettings { Urls = options.Emulator.Url };
        Bound(settings, MemoryReading.OfProcess().Limit);
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
