using GuestSessions.Api;
using GuestSessions.Api.Hosting;
using GuestSessions.Api.Ingress;
using GuestSessions.Clustering;
using GuestSessions.ServiceDefaults;
using GuestSessions.ServiceDefaults.Hosting;
using Microsoft.Extensions.Hosting;

// An API host serves the HTTP API as a client of the cluster. It keeps no state, so any number of them can run.
return await HostRun.RunAsync(args, static async (builder, options) =>
{
    builder.AddServiceDefaults(options.Metrics);
    builder.UseOrleansClient(client => client.JoinCluster(options));
    builder.Services.AddClusterKeyring();
    builder.Services.AddSessionsApi();
    builder.AddIngressListener(options.Ingress);

    var app = builder.Build();
    app.MapServiceDefaults(options.Metrics);
    app.MapSessionsApi();
    return await app.RunToEndAsync();
});
