// Written from the service's rules by EventClassTests. Do not edit.
using System.Text.Json.Serialization;

namespace GuestSessions.Client;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AddConsumersEvent))]
[JsonSerializable(typeof(AddContactsEvent))]
[JsonSerializable(typeof(AddEvent))]
[JsonSerializable(typeof(CheckoutEvent))]
[JsonSerializable(typeof(ClearCartEvent))]
[JsonSerializable(typeof(ConfirmEvent))]
[JsonSerializable(typeof(CustomEvent))]
[JsonSerializable(typeof(FormEvent))]
[JsonSerializable(typeof(GuestProfile))]
[JsonSerializable(typeof(IdentityEvent))]
[JsonSerializable(typeof(OrderCheckoutEvent))]
[JsonSerializable(typeof(PaymentEvent))]
[JsonSerializable(typeof(SearchEvent))]
[JsonSerializable(typeof(ViewEvent))]
internal sealed partial class EventJson : JsonSerializerContext;
