using System.Text;
using GuestSessions.Core.Events;

namespace GuestSessions.Api.Overload;

/// <summary>
/// Finds the importance of a body's events by the type names in it, without parsing. The same name in another place makes a
/// body look more important than it is, which does no harm.
/// </summary>
internal static class Importances
{
    private static readonly byte[][] Critical = [.. new[]
    {
        EventTypes.Identity, EventTypes.OrderCheckout, EventTypes.Checkout, EventTypes.Payment, EventTypes.Confirm,
        EventTypes.Add,
    }.Select(static type => Encoding.UTF8.GetBytes($"\"{type}\""))];

    private static readonly byte[][] Views = [.. new[] { EventTypes.View, EventTypes.Search }
        .Select(static type => Encoding.UTF8.GetBytes($"\"{type}\""))];

    public static Importance Of(ReadOnlySpan<byte> events) => HasAny(events, Critical) ? Importance.Critical
        : HasAny(events, Views) ? Importance.View
        : Importance.Event;

    private static bool HasAny(ReadOnlySpan<byte> events, byte[][] names)
    {
        foreach (var name in names)
        {
            if (events.IndexOf(name) >= 0)
                return true;
        }

        return false;
    }
}
