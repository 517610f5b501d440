using GuestSessions.ServiceDefaults.Options;
using Microsoft.Extensions.Hosting;

namespace GuestSessions.Clustering.Membership;

/// <summary>Creates or checks the membership's tables before the silo uses them.</summary>
internal sealed class MembershipTables(ServiceOptions options) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => options.Storage.MigrateAtStart
        ? MembershipSchema.MigrateAsync(options, cancellationToken)
        : MembershipSchema.CheckAsync(options, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
