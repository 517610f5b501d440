using System.Globalization;
using GuestSessions.Client;
using Microsoft.Extensions.Options;

namespace GuestSessions.Shop;

/// <summary>What the backend tells the service. What happens in the pages, the SDK tells it there.</summary>
internal sealed class Journey(IGuestSessions sessions, IOptions<ShopOptions> shop, TimeProvider time)
{
    /// <summary>
    /// The visitor signs in. The event names the browser for the guest: what the visitor does in the pages belongs to the guest from
    /// here on. Then the service learns the e-mail address, and tells the upstream.
    /// </summary>
    public async Task SignInAsync(string guest, string? browserId, string email)
    {
        await sessions.TrackAsync(guest, new CustomEvent("SIGNED_IN")
        {
            Page = "/sign-in",
            PointOfSale = shop.Value.PointOfSale,
            BrowserId = browserId,
        });
        await sessions.IdentifyAsync(
            guest, [new IdentityIdentifier { Provider = "email", Id = email }], new GuestProfile { Email = email });
    }

    /// <summary>The order is paid. Its number is the event's id, so that a second call never makes a second order.</summary>
    public Task<EventReceipt> OrderAsync(string guest, string? browserId, Bike bike, string number) =>
        sessions.TrackAsync(guest, new OrderCheckoutEvent
        {
            EventId = number,
            Page = "/orders",
            PointOfSale = shop.Value.PointOfSale,
            BrowserId = browserId,
            Order = new Order
            {
                ReferenceId = number,
                OrderedAt = time.GetUtcNow(),
                Status = "PURCHASED",
                CurrencyCode = "EUR",
                Price = bike.Price,
                PaymentType = "Card",
                CardType = "Visa",
                OrderItems =
                [
                    new OrderItem
                    {
                        Type = "BIKE",
                        ReferenceId = $"{number}-1",
                        OrderedAt = time.GetUtcNow(),
                        Status = "PURCHASED",
                        CurrencyCode = "EUR",
                        Price = bike.Price,
                        Name = bike.Name,
                        ProductId = bike.Id,
                        Quantity = 1,
                    },
                ],
            },
        });

    /// <summary>Such as HB-20261130-101530120.</summary>
    public string NewOrderNumber() =>
        $"HB-{time.GetUtcNow().ToString("yyyyMMdd-HHmmssfff", CultureInfo.InvariantCulture)}";
}
