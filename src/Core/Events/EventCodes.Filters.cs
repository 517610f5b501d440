using System.Collections.Frozen;

namespace GuestSessions.Core.Events;

/// <summary>
/// The codes by which lists are filtered. A filter by a code that does not exist would find nothing, which reads as if there
/// were nothing.
/// </summary>
public static partial class EventCodes
{
    /// <summary>What the checks of one event can find. In an SDK's event most of it is a warning, otherwise an error.</summary>
    private static readonly string[] Checks =
    [
        AmbiguousEncoding, CartInOtherSession, CheckoutWithoutConfirm, ClientKeyIgnored, ClockSkew, ConfirmWithoutAdd,
        DoubtfulType, DoubtfulValue, EmptyArray, EmptyIdentifiers, EventTooLarge, ExtList, ExtNameUnusual, ExtTypeDrift,
        ForceCloseNotAllowed, InvalidBrowserId, InvalidChannel, InvalidCurrency, InvalidExpiryDate, InvalidExtName,
        InvalidExtValue, InvalidIdentifier, InvalidLanguage, InvalidPage, InvalidRequestedAt, InvalidType, InvalidValue,
        JunkIdentifier, LateForItsSession, MaskedValue, MissingAttribute, NameTooLong, Normalised, OrderBeforeIdentity,
        RepeatedMember, ReservedEventType, SessionBudget, SessionEventBudget, TooDeep, TooManyExtAttributes,
        TooManyIdentifiers, TooManyItems, UnknownIdentityProvider, UnknownMember, UnknownPointOfSale, UnusualName, WrongType,
    ];

    /// <summary>Warnings that events keep.</summary>
    public static readonly FrozenSet<string> Warnings = Set(Checks, []);

    /// <summary>Why events are rejected as they come.</summary>
    public static readonly FrozenSet<string> Rejections = Set(Checks,
    [
        EventIdReused, GuestMismatch, InvalidEventId, InvalidGuestId, InvalidOccurredAt, JunkGuestId, MalformedJson,
        MissingDefault, ReservedGuestId,
    ]);

    /// <summary>Why events are set aside.</summary>
    public static readonly FrozenSet<string> Aside = Set(Checks,
        [AttemptsExhausted, BrowserBusy, NotDelivered, TooOld, UpstreamRefused]);

    private static FrozenSet<string> Set(IEnumerable<string> some, IEnumerable<string> others) =>
        some.Concat(others).ToFrozenSet(StringComparer.Ordinal);
}
