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
        ["confirm_without_add"] = "No ADD of the item came before it in its session: the upstream makes no order of it.",
        ["checkout_without_confirm"] = "No CONFIRM came before it in its session: the upstream makes no order of it.",
        ["cart_in_other_session"] = "The cart was filled in another session, and the upstream joins no carts of two sessions.",
        ["order_before_identity"] = "No IDENTITY of the browser came before it: the upstream knows nobody to credit the order to.",
        ["session_event_budget"] = "The session had more events than the upstream's decisions look at.",
        ["session_budget"] = "The guest had more sessions than the upstream's decisions look at.",
        ["late_for_its_session"] = "It came after its session was over: the upstream counts it to a later one.",
        ["clock_skew"] = "The clock of its sender was far off.",
        ["client_key_ignored"] = "The tenant's own client key was sent instead of the event's.",
        ["doubtful_value"] = "The upstream may misread this value.",
        ["ext_type_drift"] = "Earlier events of this type had another type of value here.",
        ["ext_name_unusual"] = "The name has characters that the documentation does not allow.",
        ["ext_list"] = "The documentation allows no lists here.",
        ["invalid_ext_name"] = "The documentation does not allow this name.",
        ["invalid_ext_value"] = "The documentation does not allow this kind of value here.",
        ["missing_attribute"] = "The documentation asks for this attribute, and it was absent.",
        ["normalised"] = "It was sent in the upstream's own spelling instead of the one that came.",
        ["too_many_items"] = "There were more items than the documentation allows.",
        ["unknown_identity_provider"] = "No identity rule of the tenant knows this provider.",
        ["occurred_at_differs"] = "A repetition named another time; the first one stands.",
        ["session_closed"] = "Its session was over when it was redriven: the upstream counts it to another one.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Of(string code) => Texts.GetValueOrDefault(code, "The validation had a doubt about it; see the code.");
}
