using System.Text.Json;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;

namespace GuestSessions.Core.Sessions.Carts;

/// <summary>Which events make an order upstream, once what belongs before them has come.</summary>
public static class Orders
{
    private static readonly string[] NoOrder = ["CANCELLED", "REFUNDED"];

    /// <summary>Whether events of a type can make one.</summary>
    public static bool CanBeMadeBy(string type) => type is EventTypes.Checkout or EventTypes.OrderCheckout;

    public static bool AreMadeBy(EventRecorded recorded) =>
        CanBeMadeBy(recorded.Type) && AreMadeBy(recorded.Type, Amendments.Read(recorded.Body, recorded.Defaults));

    /// <param name="type">Its type.</param>
    /// <param name="body">The event as it is sent.</param>
    public static bool AreMadeBy(string type, Utf8Json body)
    {
        if (!CanBeMadeBy(type))
            return false;
        using var document = JsonDocument.Parse(body.Bytes);
        var holder = type == EventTypes.Checkout
            ? document.RootElement : CartReading.Member(document.RootElement, "order");
        return !NoOrder.Contains(CartReading.TextOf(holder, "status"), StringComparer.OrdinalIgnoreCase);
    }
}
