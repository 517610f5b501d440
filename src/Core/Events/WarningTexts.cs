using System.Collections.Frozen;

namespace GuestSessions.Core.Events;

/// <summary>
/// What a warning means, for whoever reads it long after: with an event only its code and path are kept, because the sentence
/// that the caller was told may repeat what was sent.
/// </summary>
public static class WarningTexts
{
    private static readonly FrozenDictionary<string, string> Texts = new Dictionary<string, string>
    {
        [EventCodes.ConfirmWithoutAdd] = "No ADD of the item came before it in its session: the upstream makes no order of it.",
        [EventCodes.CheckoutWithoutConfirm] = "No CONFIRM came before it in its session: the upstream makes no order of it.",
        [EventCodes.CartInOtherSession] = "The cart was filled in another session, and the upstream joins no carts of two sessions.",
        [EventCodes.OrderBeforeIdentity] = "No IDENTITY of the browser came before it: the upstream knows nobody to credit the order to.",
        [EventCodes.SessionEventBudget] = "The session had more events than the upstream's decisions look at.",
        [EventCodes.SessionBudget] = "The guest had more sessions than the upstream's decisions look at.",
        [EventCodes.LateForItsSession] = "It came after its session was over: the upstream counts it to a later one.",
        [EventCodes.ClockSkew] = "The clock of its sender was far off.",
        [EventCodes.ClientKeyIgnored] = "The tenant's own client key was sent instead of the event's.",
        [EventCodes.DoubtfulValue] = "The upstream may misread this value.",
        [EventCodes.ExtTypeDrift] = "Earlier events of this type had another type of value here.",
        [EventCodes.ExtNameUnusual] = "The name has characters that the documentation does not allow.",
        [EventCodes.ExtList] = "The documentation allows no lists here.",
        [EventCodes.InvalidExtName] = "The documentation does not allow this name.",
        [EventCodes.InvalidExtValue] = "The documentation does not allow this kind of value here.",
        [EventCodes.MissingAttribute] = "The documentation asks for this attribute, and it was absent.",
        [EventCodes.Normalised] = "It was sent in the upstream's own spelling instead of the one that came.",
        [EventCodes.TooManyItems] = "There were more items than the documentation allows.",
        [EventCodes.UnknownIdentityProvider] = "No identity rule of the tenant knows this provider.",
        [EventCodes.OccurredAtDiffers] = "A repetition named another time; the first one stands.",
        [EventCodes.SessionClosed] = "Its session was over when it was redriven: the upstream counts it to another one.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Of(string code) => Texts.GetValueOrDefault(code, "The validation had a doubt about it; see the code.");
}
