using System.Collections.Frozen;

namespace GuestSessions.Core.Events;

/// <summary>
/// Explains a warning to later readers. An event keeps only the code and the path of a warning, because the message
/// to the caller may repeat values.
/// </summary>
public static class WarningTexts
{
    private static readonly FrozenDictionary<string, string> Texts = new Dictionary<string, string>
    {
        [EventCodes.ConfirmWithoutAdd] = "No ADD of the item preceded it in its session. The upstream creates no order.",
        [EventCodes.CheckoutWithoutConfirm] = "No CONFIRM preceded it in its session. The upstream creates no order.",
        [EventCodes.CartInOtherSession] = "The cart was filled in another session. The upstream does not join two carts.",
        [EventCodes.OrderBeforeIdentity] = "No IDENTITY of the browser preceded it. The upstream credits it to no guest.",
        [EventCodes.SessionEventBudget] = "The session had more events than the upstream's decisions consider.",
        [EventCodes.SessionBudget] = "The guest had more sessions than the upstream's decisions consider.",
        [EventCodes.LateForItsSession] = "It came after its session had ended. The upstream counts it in a later session.",
        [EventCodes.ClockSkew] = "The sender's clock differed by more than 5 minutes.",
        [EventCodes.ClientKeyIgnored] = "The tenant's own client key was sent instead of the event's.",
        [EventCodes.DoubtfulValue] = "The upstream may misread this value.",
        [EventCodes.ExtTypeDrift] = "Earlier events of this type had another type of value here.",
        [EventCodes.ExtNameUnusual] = "The name has characters that the documentation does not allow.",
        [EventCodes.ExtList] = "The documentation allows no lists here.",
        [EventCodes.InvalidExtName] = "The documentation does not allow this name.",
        [EventCodes.InvalidExtValue] = "The documentation does not allow this kind of value here.",
        [EventCodes.MissingAttribute] = "The documentation requires this attribute, and it was absent.",
        [EventCodes.Normalised] = "It was sent in the upstream's spelling instead of the received one.",
        [EventCodes.TooManyItems] = "There were more items than the documentation allows.",
        [EventCodes.UnusualName] = "It was probably meant as an attribute of the upstream, which takes it for one of the caller's own.",
        [EventCodes.UnknownIdentityProvider] = "No identity rule of the tenant knows this provider.",
        [EventCodes.OccurredAtDiffers] = "A retry had another time. The first time is kept.",
        [EventCodes.SessionClosed] = "It was redriven after its session had ended. The upstream counts it in another one.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Of(string code) => Texts.GetValueOrDefault(code, "The validation gave a warning; see the code.");
}
