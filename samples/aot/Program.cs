using GuestSessions.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Sends an event in each of the ways that the client has: aot ADDRESS KEY. Prints what became of it.
var builder = Host.CreateApplicationBuilder();
builder.Services.AddGuestSessions(options =>
{
    options.Address = new Uri(args[0]);
    options.ApiKey = args[1];
});
using var host = builder.Build();
await host.StartAsync();
var sessions = host.Services.GetRequiredService<IGuestSessions>();

var tracked = await sessions.TrackAsync("native", new ViewEvent { Page = "/native", Ext = { ["height"] = 181 } });
var queued = await sessions.EnqueueAsync("native", new CheckoutEvent { Page = "/paid", ReferenceId = "HB-1", Status = "PURCHASED" });
var identity = await sessions.IdentifyAsync("native", [new IdentityIdentifier { Provider = "CRM", Id = "HB-2" }]);
Console.WriteLine($"{tracked.Status} {(await queued.Completion).Status} {identity.Identifiers}");
await host.StopAsync();
