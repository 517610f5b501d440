using GuestSessions.Api;
using GuestSessions.Api.Hosting;
using GuestSessions.Api.Ingress;
using GuestSessions.Clustering;
using GuestSessions.Core.Options;
using GuestSessions.ServiceDefaults;
using GuestSessions.ServiceDefaults.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

// An API host: the HTTP API as a client of the cluster. Any number of them; none holds anything.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});
builder.Configuration["Urls"] ??= "http://localhost:8080";
var options = builder.Configuration.GetSection(SessionsOptions.Section).Get<SessionsOptions>() ?? new SessionsOptions();
if (ReadyCommand.Is(args))
    return await ReadyCommand.RunAsync(builder.Configuration);

builder.AddServiceDefaults();
builder.UseOrleansClient(client => client.JoinCluster(options));
builder.Services.AddClusterKeyring();
builder.Services.AddSessionsApi();
builder.AddIngressListener(options.Ingress);

var app = builder.Build();
app.MapServiceDefaults();
app.MapSessionsApi();
return await app.RunToEndAsync();
