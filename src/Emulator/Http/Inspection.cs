using GuestSessions.Emulator.Arrivals;
using GuestSessions.Emulator.Faults;
using GuestSessions.Emulator.Guests;
using GuestSessions.Emulator.Sessions;

namespace GuestSessions.Emulator.Http;

/// <summary>The content of the page: newest first, for one browser or for all.</summary>
internal sealed class Inspection(
    EmulatorSettings settings, ArrivalLog arrivals, SessionBook sessions, GuestBook guests, FaultPlan faults)
{
    private const int EventsShown = 100;
    private const int OthersShown = 50;
    private const int BrowsersFrom = 2_000;

    /// <param name="browserId">Null for all.</param>
    /// <param name="effect">Only events with this effect, or <c>open</c>; null for all.</param>
    public PageView View(string? browserId, string? effect)
    {
        var latest = arrivals.Latest(BrowsersFrom);
        var ofBrowser = browserId is null ? null : arrivals.Since(browserId: browserId);
        var events = (ofBrowser?.Reverse() ?? latest)
            .Where(arrival => arrival.IsEvent && (effect is null || effect == arrival.EffectName));
        return new PageView(
            ofBrowser?.Where(arrival => arrival.IsEvent).CountBy(arrival => arrival.EffectName)
                .ToDictionary(count => count.Key, count => (long)count.Value) ?? arrivals.Stats.ByEffect,
            [.. BrowsersOf(latest)],
            [.. events.Take(EventsShown)],
            [.. sessions.Latest(browserId, OthersShown)],
            browserId is null
                ? [.. guests.Latest(OthersShown)]
                : guests.Of(browserId) is { } guest ? [guest] : [],
            faults.List(),
            settings.KnownIdentityRules,
            settings.KnownPointsOfSale,
            settings.KnownKeys,
            settings.KnownContextIds);
    }

    private static IEnumerable<BrowserCount> BrowsersOf(IEnumerable<Arrival> latest) => latest
        .Where(arrival => arrival.IsEvent && arrival.BrowserId is not null)
        .GroupBy(arrival => arrival.BrowserId!, StringComparer.OrdinalIgnoreCase)
        .Take(OthersShown)
        .Select(group => new BrowserCount(group.Key, group.Count()));
}

/// <param name="Effects">Events by effect.</param>
/// <param name="Browsers">The browsers of the latest events, with the number of these events.</param>
internal sealed record PageView(
    IReadOnlyDictionary<string, long> Effects,
    IReadOnlyList<BrowserCount> Browsers,
    IReadOnlyList<Arrival> Events,
    IReadOnlyList<Session> Sessions,
    IReadOnlyList<Guest> Guests,
    IReadOnlyList<FaultCount> Faults,
    IReadOnlyCollection<IdentityRule> IdentityRules,
    IReadOnlyCollection<PointOfSale> PointsOfSale,
    IReadOnlyCollection<string> ClientKeys,
    IReadOnlyCollection<string> ContextIds);

internal sealed record BrowserCount(string BrowserId, int Events);
