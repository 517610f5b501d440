using System.Collections.Frozen;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Events;

/// <summary>
/// The codes that events can get, by which lists are filtered: a filter by a code that there is not would find nothing, which
/// reads as if there were nothing.
/// </summary>
public static class EventCodes
{
    /// <summary>What the checks of one event can say. Of an SDK's event most of it is a warning, else an error.</summary>
    private static readonly string[] Checks =
    [
        "ambiguous_encoding", "client_key_ignored", "doubtful_type", "doubtful_value", "empty_array", "empty_identifiers",
        "event_too_large", "ext_list", "ext_name_unusual", "ext_type_drift", "force_close_not_allowed", "invalid_browser_id",
        "invalid_channel", "invalid_currency", "invalid_expiry_date", "invalid_ext_name", "invalid_ext_value",
        "invalid_identifier", "invalid_language", "invalid_page", "invalid_requested_at", "invalid_type", "invalid_value",
        "junk_identifier", MaskMarks.Code, "missing_attribute", "name_too_long", "normalised", "repeated_member",
        "reserved_event_type", "too_deep", "too_many_ext_attributes", "too_many_identifiers", "too_many_items",
        IdentityRuleCheck.Code, "unknown_member", "unknown_point_of_sale", "unusual_name", "wrong_type",
        Preflight.CartInOtherSession, Preflight.CheckoutWithoutConfirm, Preflight.ClockSkew, Preflight.ConfirmWithoutAdd,
        Preflight.LateForItsSession, Preflight.OrderBeforeIdentity, Preflight.SessionBudget, Preflight.SessionEventBudget,
    ];

    /// <summary>Warnings that events keep.</summary>
    public static readonly FrozenSet<string> Warnings = Set(Checks, []);

    /// <summary>Why events are rejected as they come.</summary>
    public static readonly FrozenSet<string> Rejections = Set(Checks,
    [
        "event_id_reused", "guest_mismatch", "invalid_event_id", GuestIds.InvalidCode, "invalid_occurred_at", GuestIds.JunkCode,
        "malformed_json", "missing_default", GuestIds.ReservedCode,
    ]);

    /// <summary>Why events are set aside.</summary>
    public static readonly FrozenSet<string> Aside = Set(Checks,
    [
        Decider.AttemptsExhausted, Decider.BrowserBusy, Decider.NotDelivered, Decider.TooOld, Decider.UpstreamRefused,
    ]);

    private static FrozenSet<string> Set(IEnumerable<string> some, IEnumerable<string> others) =>
        some.Concat(others).ToFrozenSet(StringComparer.Ordinal);
}
