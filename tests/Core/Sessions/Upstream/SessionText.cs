using System.Globalization;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions.Upstream;

/// <summary>A session as one line of text, from either side.</summary>
internal static class SessionText
{
    public static string Of(UpstreamSession session, DateTimeOffset now) => Text(
        session.Channel, session.StartedAt, session.IsOpen(now), session.FirstPage, session.LastPage, session.Counts,
        (session.Cart?.Lines ?? []).Select(static line => Line(line.ItemId, line.Quantity, line.Price)),
        session.Cart?.Confirmed ?? false, session.CartTypeAt(now)?.ToString());

    public static string Of(GuestSessions.Emulator.Sessions.Session session) => Text(
        session.Channel, session.StartedAt, session.State == GuestSessions.Emulator.Sessions.SessionState.Open,
        session.FirstPage, session.LastPage, session.Counts,
        session.Cart.Lines.Select(static line => Line(line.ItemId, line.Quantity, line.Price)),
        session.Cart.Lines.Any(static line => line.Confirmed), session.CartType?.ToString());

    private static string Line(string item, decimal? quantity, decimal? price) =>
        string.Create(CultureInfo.InvariantCulture, $"{item}:{quantity}x{price}");

    // The emulator books no FORCE_CLOSE on the session that it closes.
    private static string Text(
        string channel, DateTimeOffset startedAt, bool isOpen, string? first, string? last,
        IReadOnlyDictionary<string, int> counts, IEnumerable<string> lines, bool confirmed, string? type) => string.Create(
            CultureInfo.InvariantCulture,
            $"{channel} {startedAt:HH:mm:ss} {(isOpen ? "open" : "closed")} {first}..{last} "
            + $"{string.Join(' ', counts.Where(static count => count.Key != "FORCE_CLOSE")
                .OrderBy(static count => count.Key, StringComparer.Ordinal).Select(static count => $"{count.Key}={count.Value}"))} "
            + $"[{string.Join(' ', lines.Order(StringComparer.Ordinal))}] {(confirmed ? "confirmed " : "")}{type}");
}
