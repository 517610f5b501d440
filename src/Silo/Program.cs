using GuestSessions.Api;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Options;
using GuestSessions.Grains;
using GuestSessions.ServiceDefaults;
using GuestSessions.Silo;
using GuestSessions.Storage;
using GuestSessions.StreamApi;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

// Settings lie beside the program; data lies where it is started.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});
var options = builder.Configuration.GetSection(SessionsOptions.Section).Get<SessionsOptions>() ?? new SessionsOptions();
if (args is ["migrate", ..])
    return await Migration.RunAsync(options.Storage);

builder.AddServiceDefaults();
builder.Services.AddEmulator(options);
builder.Services.AddJournal();
builder.Services.AddSingleton(static provider => provider.GetRequiredService<IJournal>().Keyring);
builder.Services.AddStreamApi();
builder.Services.AddGuestDelivery();
builder.UseOrleans(silo => silo.AddCluster(options.Cluster));
builder.Services.AddGuestRecovery();
builder.Services.AddSiloHealth();
if (options.Api.Enabled)
    builder.Services.AddSessionsApi();

var app = builder.Build();
app.MapServiceDefaults();
if (options.Api.Enabled)
    app.MapSessionsApi();
app.Lifetime.ApplicationStarted.Register(() => Welcome.Print(app, options));
try
{
    await app.RunAsync();
    return 0;
}
catch (OptionsValidationException exception)
{
    Console.Error.WriteLine($"The configuration cannot be used:{Environment.NewLine}"
        + string.Join(Environment.NewLine, exception.Failures));
    return 1;
}
catch (IOException exception) when (exception.InnerException is AddressInUseException)
{
    Console.Error.WriteLine($"{exception.Message} Choose another one: --urls http://localhost:8081");
    return 1;
}
