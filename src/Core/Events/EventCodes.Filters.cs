using System.Collections.Frozen;

namespace GuestSessions.Core.Events;

/// <summary>
/// The codes by which lists can be filtered. Filters reject any other code: an empty list would look as if there were
/// no such events.
/// </summary>
public static partial class EventCodes
{
    /// <summary>Codes of the checks of one event. Most are warnings for an SDK's event, otherwise errors.</summary>
    private static readonly string[] Checks =
    [
        AmbiguousEncoding, CartInOtherSession, CheckoutWithoutConfirm, ClientKeyIgnored, ClockSkew, ConfirmWithoutAdd,
        DefaultSent, DoubtfulType, DoubtfulValue, EmptyArray, EmptyIdentifiers, EventTooLarge, ExpiredIdentifier, ExtList,
        ExtNameUnusual, ExtTypeDrift, ForceCloseNotAllowed, InvalidBrowserId, InvalidChannel, InvalidCurrency, InvalidExpiryDate, InvalidExtName,
        InvalidExtValue, InvalidIdentifier, InvalidLanguage, InvalidPage, InvalidRequestedAt, InvalidType, InvalidValue,
        JunkIdentifier, LateForItsSession, MaskedValue, MissingAttribute, NameTooLong, Normalised, OrderBeforeIdentity,
        RepeatedMember, ReservedEventType, SessionBudget, SessionEventBudget, TooDeep, TooManyExtAttributes,
        TooManyIdentifiers, TooManyItems, UnknownIdentityProvider, UnknownMember, UnknownPointOfSale, UnusualName, WrongType,
    ];

    /// <summary>Warnings that events keep.</summary>
    public static readonly FrozenSet<string> Warnings = Set(Checks, [NoConsent]);

    /// <summary>Codes of rejected events.</summary>
    public static readonly FrozenSet<string> Rejections = Set(Checks,
    [
        EventIdReused, GuestErased, GuestMismatch, InvalidEventId, InvalidGuestId, InvalidOccurredAt, JunkGuestId, MalformedJson,
        MissingDefault, ReservedGuestId,
    ]);

    /// <summary>Codes of events that are set aside.</summary>
    public static readonly FrozenSet<string> Aside = Set(Checks,
        [AttemptsExhausted, BrowserBusy, NotDelivered, Restored, TooOld, UpstreamRefused]);

    private static FrozenSet<string> Set(IEnumerable<string> some, IEnumerable<string> others) =>
        some.Concat(others).ToFrozenSet(StringComparer.Ordinal);
}
