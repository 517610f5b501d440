using GuestSessions.Grains.Rehearsals;
using GuestSessions.Grains.Telemetry;
using GuestSessions.Storage;
using GuestSessions.Storage.Memory;
using GuestSessions.StreamApi;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace GuestSessions.Silo;

/// <summary>The rehearsal over a store in memory and an upstream within this process. No metric, log or trace shows it.</summary>
internal static class SiloRehearsal
{
    public static IServiceCollection AddRehearsal(this IServiceCollection services) => services.AddHostedService(
        static provider => new RehearsalAtStart(
            RunAsync, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RehearsalAtStart>>()));

    private static async Task<int> RunAsync(CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var options = Options.Create(Rehearsal.NewOptions());
        await using var store = new MemoryStore();
        await using var journal = new Journal(store, time, NoMeters.Instance, NullLogger<Journal>.Instance);
        await journal.OpenAsync(cancellation);
        using var upstream = new RehearsedUpstream(options, NoMeters.Instance, time);
        return await new Rehearsal(journal, journal, journal, store.Erasures, upstream.Client, options, time)
            .RunAsync(cancellation);
    }
}
