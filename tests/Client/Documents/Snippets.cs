using GuestSessions.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GuestSessions.Client.Tests.Documents;

/// <summary>The snippets of <c>docs/client.md</c>, so that they compile.</summary>
internal static class Snippets
{
    public static async Task ProgramAsync()
    {
        // snippet
        var services = new ServiceCollection();
        services.AddGuestSessions(options =>
        {
            options.Address = new Uri("http://localhost:8080/");
            options.ApiKey = "demo-ingest"; // In Development only.
        });
        await using var provider = services.BuildServiceProvider(); // Its end drains the buffer.
        var sessions = provider.GetRequiredService<IGuestSessions>();

        const string guest = "cust-42", order = "HB-7781";
        await sessions.EnqueueAsync(guest, new ViewEvent { Page = "/tourers" });
        await sessions.FlushAsync(); // So that the view comes before the order.

        await sessions.TrackAsync(guest, new AddEvent
        {
            EventId = $"{order}-add",
            Page = "/basket",
            Product = new CartProduct
            {
                Type = "BIKE",
                ItemId = "TOUR2-M-RED",
                ProductId = "TOUR2",
                Name = "Tourer 2",
                ReferenceId = $"{order}-1",
                OrderedAt = new DateTimeOffset(2026, 11, 30, 10, 20, 0, TimeSpan.Zero),
                Quantity = 1,
                Price = 749.5m,
                Currency = "EUR",
            },
        });
        await sessions.TrackAsync(guest, new ConfirmEvent
        {
            EventId = $"{order}-confirm",
            Page = "/basket",
            Product = [new ConfirmedProduct { ItemId = "TOUR2-M-RED" }],
        });
        var receipt = await sessions.TrackAsync(guest, new CheckoutEvent
        {
            EventId = $"{order}-checkout",
            Page = "/thanks",
            ReferenceId = order,
            Status = "PURCHASED",
        });
        Console.WriteLine($"{receipt.Status} as number {receipt.Sequence}");
        // end
    }

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

    public static async Task StopAsync(IGuestSessions sessions)
    {
        // snippet
        var report = await sessions.StopAsync();
        await using var file = File.Open("left.ndjson", FileMode.Append);
        foreach (var left in report.Left)
        {
            await file.WriteAsync(left.Envelope); // A line of NDJSON, as the service takes it.
            file.WriteByte((byte)'\n');
        }
        // end
    }
}
