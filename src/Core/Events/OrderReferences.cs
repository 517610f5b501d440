using System.Text.Json;
using GuestSessions.Core.Journal;

namespace GuestSessions.Core.Events;

/// <summary>Reads the order reference of an event, even of an invalid one: support searches rejected orders by it.</summary>
internal static class OrderReferences
{
    private static readonly string[] Names = ["reference_id", "referenceId"];

    /// <summary>Null when it names none.</summary>
    public static string? Of(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return null;
        return Within(body) ?? (body.TryGetProperty("order"u8, out var order) && order.ValueKind == JsonValueKind.Object
            ? Within(order)
            : null);
    }

    private static string? Within(JsonElement element) => Names
        .Select(name => element.TryGetProperty(name, out var value) ? Text(value) : null)
        .FirstOrDefault(static text => text is { Length: > 0 and <= SearchTerm.LongestReference });

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
