using GuestSessions.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GuestSessions.Client.Tests.Documents;

/// <summary>The snippets of <c>docs/client.md</c>, so that they compile.</summary>
internal static class Snippets
{
    public static void Add(HostApplicationBuilder builder)
    {
        // snippet
        builder.Services.AddGuestSessions(options =>
        {
            options.Address = new Uri("https://sessions.example/");
            options.ApiKey = builder.Configuration["GuestSessions:ApiKey"]!;
        });
        // end
    }

    public static async Task TrackAsync(IGuestSessions sessions)
    {
        // snippet
        var receipt = await sessions.TrackAsync("cust-42", new ViewEvent
        {
            Page = "/tourers",
            PointOfSale = "harbourbikes/ie",
            Ext = { ["campaign"] = "autumn" },
        });
        Console.WriteLine($"{receipt.Status} as number {receipt.Sequence}");
        foreach (var warning in receipt.Warnings)
            Console.WriteLine($"{warning.Code} at {warning.Path}: {warning.Detail}");
        // end
    }

    public static async Task TypesAsync(IGuestSessions sessions)
    {
        // snippet
        await sessions.TrackAsync("cust-42", new CheckoutEvent { Page = "/paid", ReferenceId = "HB-7781", Status = "PURCHASED" });
        await sessions.TrackAsync("cust-42", new CustomEvent("BIKE_FITTED") { Page = "/fitting", Ext = { ["height"] = 181 } });
        await sessions.TrackAsync("cust-42", new RawEvent("""{"type":"VIEW","page":"/sale"}"""));
        // end
    }

    public static async Task OthersAsync(IGuestSessions sessions)
    {
        // snippet
        await sessions.IdentifyAsync("cust-42", [new IdentityIdentifier { Provider = "CRM", Id = "HB-20417" }]);
        await sessions.CloseSessionAsync("cust-42");
        // end
    }

    public static async Task EnqueueAsync(IGuestSessions sessions)
    {
        // snippet
        var queued = await sessions.EnqueueAsync("cust-42", new ViewEvent { Page = "/tourers" });
        var receipt = await queued.Completion; // Only where you need to know; the buffer sends it anyway.
        // end
        _ = receipt;
    }

    public static void Drop(IServiceCollection services)
    {
        // snippet
        services.AddGuestSessions(options =>
        {
            options.WhenFull = FullBuffer.Drop;
            options.OnDropped = dropped => Console.WriteLine($"{dropped.Count} events dropped: {dropped.Reason}");
        });
        // end
    }

    public static async Task StopAsync(IGuestSessions sessions, Stream file)
    {
        // snippet
        var report = await sessions.StopAsync();
        foreach (var left in report.Left)
        {
            await file.WriteAsync(left.Envelope); // A line of NDJSON, as the service takes it.
            file.WriteByte((byte)'\n');
        }
        // end
    }
}
