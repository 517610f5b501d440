using GuestSessions.Emulator.Effects;

namespace GuestSessions.Emulator.Rules;

/// <summary>The names of event types: the vendor's own, and those that it reserves.</summary>
internal static class TypeRules
{
    private static readonly HashSet<string> _standard =
    [
        "VIEW", "IDENTITY", "SEARCH", "ADD", "ADD_CONTACTS", "ADD_CONSUMERS", "CONFIRM", "CHECKOUT",
        "PAYMENT", "CLEAR_CART", "ORDER_CHECKOUT", "FORM", EventMessage.ForceClose,
    ];

    private static readonly HashSet<string> _reserved =
        ["CAMPAIGN_TRACKING", "FEEDBACK", "INTERACTION", "SUBSCRIPTION", "TRACKING"];

    // Only in the list of an older SDK.
    private static readonly HashSet<string> _onceReserved =
    [
        "ADD_PRODUCT", "CALCULATOR", "CLICK", "CHAT", "COMMENT", "CONTACT_REQUEST", "CONSUMERS", "EMAIL",
        "LOGIN", "NOTIFICATION", "ORDER_UPDATE", "PURCHASE", "PNR_RECORD", "SMS", "SELECT", "TRIGGER",
        "TRIP_SUMMARY", "UPDATE",
    ];

    public static void Judge(Judgement judgement)
    {
        var type = judgement.Type;
        if (_standard.Contains(type))
            return;

        var name = type[(type.LastIndexOf(':') + 1)..];
        var upper = type.ToUpperInvariant();
        if (_standard.Contains(upper))
            judgement.Misread(
                "type_case", "/type", $"It is a custom event with the name \"{type}\", not {upper}.",
                Basis.Inferred);
        else if (_reserved.Contains(upper) || upper.StartsWith("SC_", StringComparison.Ordinal))
            judgement.Misread(
                "reserved_name", "/type", $"The vendor reserves \"{type}\", so it cannot be a custom event.");
        else if (_onceReserved.Contains(upper))
            judgement.Remark(
                "reserved_name", "/type", $"An older list of the vendor reserves \"{type}\".",
                Basis.Observed);
        else if (name.Any(char.IsLower))
            judgement.Remark("letter_case", "/type", "The vendor writes custom names in upper case.");
    }
}
