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
        [EventCodes.NoConsent] = "The guest's consent was denied. The event was dropped, and nothing of it is kept.",
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
        [EventCodes.DefaultSent] = "The value was empty. The default of the tenant or the point of sale was sent instead.",
        [EventCodes.TooManyItems] = "There were more items than the documentation allows.",
        [EventCodes.UnusualName] = "It was probably meant as an attribute of the upstream, which takes it for one of the caller's own.",
        [EventCodes.UnknownIdentityProvider] = "No identity rule of the tenant knows this provider.",
        [EventCodes.OccurredAtDiffers] = "A retry had another time. The first time is kept.",
        [EventCodes.SessionClosed] = "It was redriven after its session had ended. The upstream counts it in another one.",
        [EventCodes.AmbiguousEncoding] = "Its text can be read in more than one way.",
        [EventCodes.DoubtfulType] = "The type resembles a standard one, but counts as a custom type.",
        [EventCodes.EmptyArray] = "The list was empty, and the documentation requires at least one item.",
        [EventCodes.EmptyIdentifiers] = "The list of identifiers was empty. The upstream can match no guest.",
        [EventCodes.EventTooLarge] = "The event was larger than the limit.",
        [EventCodes.ExpiredIdentifier] = "The identifier had expired when it was received. It is stored, but not sent with an IDENTITY event.",
        [EventCodes.ForceCloseNotAllowed] = "The tenant does not allow FORCE_CLOSE.",
        [EventCodes.InvalidBrowserId] = "The upstream issues no such browser ids.",
        [EventCodes.InvalidChannel] = "The upstream knows no such channel.",
        [EventCodes.InvalidCurrency] = "It is not a currency code of three letters.",
        [EventCodes.InvalidExpiryDate] = "It is not a date that the upstream can read.",
        [EventCodes.InvalidIdentifier] = "The upstream cannot match an identifier of this form.",
        [EventCodes.InvalidLanguage] = "It is not a language code of two letters.",
        [EventCodes.InvalidPage] = "It is not the name of a page.",
        [EventCodes.InvalidRequestedAt] = "It is not a time in UTC. The upstream may ignore or misread it.",
        [EventCodes.InvalidType] = "It is not the name of an event type.",
        [EventCodes.InvalidValue] = "The documentation requires another form of value.",
        [EventCodes.JunkIdentifier] = "The identifier is a placeholder. The upstream may treat everyone with it as one person.",
        [EventCodes.MaskedValue] = "The value was copied from a masked view.",
        [EventCodes.NameTooLong] = "The name is longer than the limit.",
        [EventCodes.RepeatedMember] = "A member came more than once. It is not known which one the upstream uses.",
        [EventCodes.ReservedEventType] = "The vendor reserves this type. The upstream may ignore the event.",
        [EventCodes.TooDeep] = "The JSON was nested deeper than the limit.",
        [EventCodes.TooManyExtAttributes] = "It had more attributes than the documentation allows.",
        [EventCodes.TooManyIdentifiers] = "There were more identifiers than the limit of a guest.",
        [EventCodes.UnknownMember] = "The service knows no member of this name.",
        [EventCodes.UnknownPointOfSale] = "The tenant has no point of sale of this name. The upstream does not show such events.",
        [EventCodes.WrongType] = "The documentation requires another JSON type.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The text of a code that only a later version knows.</summary>
    public const string Unknown = "The validation gave a warning; see the code.";

    public static string Of(string code) => Texts.GetValueOrDefault(code, Unknown);
}
