using System.Globalization;
using GuestSessions.Core.Lists;

namespace GuestSessions.Api.Lists;

/// <summary>Reads and writes positions in the lists, for <c>next</c> and <c>after</c>.</summary>
internal static class Cursors
{
    private const int HashDigits = 32;

    public static string Write(SetAsidePlace place) => string.Create(
        CultureInfo.InvariantCulture, $"{place.At.UtcTicks}.{place.Guest:x32}.{place.Sequence}");

    public static string Write(UInt128 guest) => guest.ToString("x32", CultureInfo.InvariantCulture);

    public static bool TryRead(string text, out SetAsidePlace? place)
    {
        place = text.Split('.') is [var at, var guest, var sequence]
            && TryRead(at, out long ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
            && TryRead(guest, out UInt128 hash) && TryRead(sequence, out long number)
            ? new SetAsidePlace(new DateTimeOffset(ticks, TimeSpan.Zero), hash, number)
            : null;
        return place is not null;
    }

    public static bool TryRead(string text, out UInt128 guest)
    {
        guest = default;
        return text.Length == HashDigits
            && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out guest);
    }

    public static bool TryRead(string text, out long number)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
