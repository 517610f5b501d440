// Written from the service's rules by EventClassTests. Do not edit.
using System.Text.Json;

namespace GuestSessions.Client;

/// <summary>An event of the type <c>CLEAR_CART</c>.</summary>
public sealed class ClearCartEvent() : GuestEvent("CLEAR_CART")
{
    internal override void WriteTo(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, this, EventJson.Default.ClearCartEvent);
}
