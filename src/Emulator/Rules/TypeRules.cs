using GuestSessions.Emulator.Verdicts;

namespace GuestSessions.Emulator.Rules;

/// <summary>Names of event types: the vendor's own, and those it keeps for itself.</summary>
internal static class TypeRules
{
    private static readonly HashSet<string> _standard =
    [
        "VIEW", "IDENTITY", "SEARCH", "ADD", "ADD_CONTACTS", "ADD_CONSUMERS", "CONFIRM", "CHECKOUT",
        "PAYMENT", "CLEAR_CART", "ORDER_CHECKOUT", "FORM", EventMessage.ForceClose,
    ];

    private static readonly HashSet<string> _reserved =
        ["CAMPAIGN_TRACKING", "FEEDBACK", "INTERACTION", "SUBSCRIPTION", "TRACKING"];

    // Only in the list that an older SDK carries.
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
                "type_case", "/type", $"A custom event of the name \"{type}\", and no {upper}.",
                Basis.Inferred);
        else if (_reserved.Contains(upper) || upper.StartsWith("SC_", StringComparison.Ordinal))
            judgement.Misread(
                "reserved_name", "/type", $"\"{type}\" belongs to the vendor and is no custom event.");
        else if (_onceReserved.Contains(upper))
            judgement.Remark(
                "reserved_name", "/type", $"An older list of the vendor keeps \"{type}\" for itself.",
                Basis.Observed);
        else if (name.Any(char.IsLower))
            judgement.Remark("letter_case", "/type", "The vendor writes custom names in upper case.");
    }
}
