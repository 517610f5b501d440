using GuestSessions.Core.Events;
using GuestSessions.ServiceDefaults.Hosting;
using GuestSessions.ServiceDefaults.Options;

namespace GuestSessions.Silo;

/// <summary>Prints where everything is and what to try, after a start on a laptop.</summary>
internal static class Welcome
{
    public static void Print(WebApplication app, ServiceOptions options)
    {
        if (!app.Environment.IsDevelopment() || !options.Api.Enabled || options.Tenants.Count == 0)
            return;
        var api = ListenAddresses.Local(app.Urls.First());
        var pointOfSale = options.Tenants.Values.First().PointsOfSale.FirstOrDefault()?.Name ?? "";
        var body = $$$"""{"event":{"type":"{{{EventTypes.View}}}","page":"/tourers","pos":"{{{pointOfSale}}}"}}""";
        Console.WriteLine($$"""

            Guest Sessions is ready.
              API        {{api}}  (read it at {{api}}/docs)
              Console    {{api}}/console
              Stream API {{(options.Emulator.Enabled ? $"emulator on {options.Emulator.Url}" : "as configured")}}
              Keys       demo-ingest, demo-support, demo-admin

            Post an event:
              curl -s {{api}}/v1/guests/cust-42/events -H 'Authorization: Bearer demo-ingest' -H 'Content-Type: application/json' -d '{{body}}'
            See its state:
              curl -s {{api}}/v1/guests/cust-42/events -H 'Authorization: Bearer demo-support'
            """);
        if (options.Emulator.Enabled)
        {
            Console.WriteLine($"""
                See it at the upstream:
                  curl -s {options.Emulator.Url.TrimEnd('/')}/_emulator/events
                """);
        }

        Console.WriteLine();
    }
}
