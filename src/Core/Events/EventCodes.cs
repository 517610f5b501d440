namespace GuestSessions.Core.Events;

/// <summary>
/// The codes that an event can get: as a warning, as the reason of a rejection or a retry, or as the reason why it is set
/// aside. Callers compare them, so a code never changes its meaning.
/// </summary>
public static partial class EventCodes
{
    // The envelope.
    public const string MalformedJson = "malformed_json";
    public const string RepeatedMember = "repeated_member";
    public const string TooDeep = "too_deep";
    public const string EventTooLarge = "event_too_large";
    public const string InvalidEventId = "invalid_event_id";
    public const string InvalidOccurredAt = "invalid_occurred_at";
    public const string OccurredAtDiffers = "occurred_at_differs";

    /// <summary>The guest in the envelope is not the guest in the URL.</summary>
    public const string GuestMismatch = "guest_mismatch";

    /// <summary>The guest id does not have the form of <see cref="CallerIds"/>.</summary>
    public const string InvalidGuestId = "invalid_guest_id";

    /// <summary>The guest id is a placeholder.</summary>
    public const string JunkGuestId = "junk_guest_id";

    /// <summary>The guest id has the form of <see cref="Guests.BrowserGuests"/>.</summary>
    public const string ReservedGuestId = "reserved_guest_id";

    // The event's own attributes.
    public const string WrongType = "wrong_type";
    public const string UnknownMember = "unknown_member";
    public const string MissingAttribute = "missing_attribute";

    /// <summary>Neither the event nor the tenant's defaults have the attribute.</summary>
    public const string MissingDefault = "missing_default";

    public const string InvalidType = "invalid_type";
    public const string DoubtfulType = "doubtful_type";
    public const string ReservedEventType = "reserved_event_type";
    public const string ForceCloseNotAllowed = "force_close_not_allowed";
    public const string InvalidBrowserId = "invalid_browser_id";
    public const string InvalidChannel = "invalid_channel";
    public const string InvalidCurrency = "invalid_currency";
    public const string InvalidLanguage = "invalid_language";
    public const string InvalidPage = "invalid_page";
    public const string InvalidRequestedAt = "invalid_requested_at";
    public const string UnknownPointOfSale = "unknown_point_of_sale";
    public const string ClientKeyIgnored = "client_key_ignored";

    /// <summary>A wrong value of an attribute that has no code of its own.</summary>
    public const string InvalidValue = "invalid_value";

    public const string DoubtfulValue = "doubtful_value";

    /// <summary>The value comes from a masked view.</summary>
    public const string MaskedValue = "masked_value";

    /// <summary>It is sent in the upstream's own spelling.</summary>
    public const string Normalised = "normalised";
    public const string DefaultSent = "default_sent";

    /// <summary>The text can be read in more than one way.</summary>
    public const string AmbiguousEncoding = "ambiguous_encoding";

    public const string EmptyArray = "empty_array";
    public const string TooManyItems = "too_many_items";
    public const string NameTooLong = "name_too_long";
    public const string UnusualName = "unusual_name";

    // ext.
    public const string ExtList = "ext_list";
    public const string ExtNameUnusual = "ext_name_unusual";
    public const string ExtTypeDrift = "ext_type_drift";
    public const string InvalidExtName = "invalid_ext_name";
    public const string InvalidExtValue = "invalid_ext_value";
    public const string TooManyExtAttributes = "too_many_ext_attributes";

    // Identifiers.
    public const string EmptyIdentifiers = "empty_identifiers";
    public const string InvalidIdentifier = "invalid_identifier";
    public const string InvalidExpiryDate = "invalid_expiry_date";
    public const string ExpiredIdentifier = "expired_identifier";
    public const string JunkIdentifier = "junk_identifier";
    public const string TooManyIdentifiers = "too_many_identifiers";
    public const string UnknownIdentityProvider = "unknown_identity_provider";

    // The guest's sessions as the upstream sees them.
    public const string ConfirmWithoutAdd = "confirm_without_add";
    public const string CheckoutWithoutConfirm = "checkout_without_confirm";
    public const string CartInOtherSession = "cart_in_other_session";
    public const string OrderBeforeIdentity = "order_before_identity";
    public const string SessionEventBudget = "session_event_budget";
    public const string SessionBudget = "session_budget";
    public const string LateForItsSession = "late_for_its_session";
    public const string ClockSkew = "clock_skew";

    /// <summary>Its session was over when it was redriven.</summary>
    public const string SessionClosed = "session_closed";

    // The guest.
    public const string EventIdReused = "event_id_reused";
    public const string GuestBusy = "guest_busy";
    public const string GuestBacklogFull = "guest_backlog_full";

    /// <summary>The guest, its browser or its identifier was erased. Its caller must stop sending.</summary>
    public const string GuestErased = "guest_erased";

    /// <summary>The guest's consent is denied: the event was dropped.</summary>
    public const string NoConsent = "no_consent";

    /// <summary>A person erased its body before it was delivered.</summary>
    public const string Blanked = "blanked";
    public const string QuarantineFull = "quarantine_full";

    /// <summary>The browser's owner changes too fast, or the guest has too many active browsers.</summary>
    public const string BrowserBusy = "browser_busy";

    // The host.
    public const string Overloaded = "overloaded";
    public const string StorageFull = "storage_full";
    public const string Memory = "memory";
    public const string Unavailable = "unavailable";

    // Delivery.
    public const string UpstreamRefused = "upstream_refused";

    /// <summary>Its attempts are used up.</summary>
    public const string AttemptsExhausted = "attempts_exhausted";

    /// <summary>It waited longer than its tenant allows.</summary>
    public const string TooOld = "too_old";

    /// <summary>It waited in a backup that was restored, and may have been delivered after the backup.</summary>
    public const string Restored = "restored";

    /// <summary>It was in doubt until a person found that it had not arrived.</summary>
    public const string NotDelivered = "not_delivered";
}
