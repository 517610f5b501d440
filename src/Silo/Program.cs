using GuestSessions.Api;
using GuestSessions.Api.Ingress;
using GuestSessions.Clustering;
using GuestSessions.Core.Journal;
using GuestSessions.Grains;
using GuestSessions.Grains.Tenants;
using GuestSessions.ServiceDefaults;
using GuestSessions.ServiceDefaults.Hosting;
using GuestSessions.ServiceDefaults.Options;
using GuestSessions.ServiceDefaults.Telemetry;
using GuestSessions.Silo;
using GuestSessions.StreamApi;

// .NET would take what follows an option for its value.
return await HostRun.RunAsync([.. args.Where(static arg => arg != AfterRestore.Option)], async (builder, options) =>
{
    if (args is ["migrate", ..])
        return await Migration.RunAsync(options);

    JournalChoice.Check(options);
    builder.AddServiceDefaults(options.Metrics);
    builder.Services.AddEmulator(options);
    if (args.Contains(AfterRestore.Option))
        builder.Services.AddHostedService(_ => new AfterRestore(options, TimeProvider.System));
    builder.Services.AddJournal(options.Storage);
    builder.Services.AddSingleton(static provider => provider.GetRequiredService<IJournal>().Keyring);
    builder.Services.AddStreamApi();
    builder.Services.AddGuestDelivery(new ClusterSize(options.Cluster.Provider == ClusterProvider.Local));
    builder.UseOrleans(silo => silo.AddCluster(options).AddOrleansDashboard(options));
    builder.Services.AddGuestRecovery();
    builder.Services.AddSiloHealth();
    if (options.Api.Enabled)
    {
        builder.Services.AddSessionsApi();
        builder.AddIngressListener(options.Ingress);
    }

    builder.Services.AddRehearsal();

    var app = builder.Build();
    app.MapServiceDefaults(options.Metrics);
    if (options.Api.Enabled)
    {
        app.MapSessionsApi();
        app.MapDashboard(options);
    }
    else
    {
        app.MapMetrics(options.Metrics); // Without the API there are no keys, and its address is for probes only.
    }

    app.Lifetime.ApplicationStarted.Register(() => Welcome.Print(app, options));
    return await app.RunToEndAsync();
});
