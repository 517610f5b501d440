using System.Globalization;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>Asks every guest until it answers, all at once, and keeps the times.</summary>
internal sealed class Answers(SessionsClient client, IReadOnlyList<string> guests, TimeSpan patience)
{
    private readonly List<TimeSpan> _afterKills = [];
    private readonly List<TimeSpan> _afterDatabase = [];
    private readonly List<TimeSpan> _afterFailovers = [];

    public IReadOnlyList<TimeSpan> AfterKills => _afterKills;

    public IReadOnlyList<TimeSpan> AfterDatabase => _afterDatabase;

    public IReadOnlyList<TimeSpan> AfterFailovers => _afterFailovers;

    public async Task TimeAfterKillAsync() => _afterKills.AddRange(await FromEveryGuestAsync());

    public async Task TimeAfterDatabaseAsync() => _afterDatabase.AddRange(await FromEveryGuestAsync());

    public async Task TimeAfterFailoverAsync() => _afterFailovers.AddRange(await FromEveryGuestAsync());

    public Task<TimeSpan[]> FromEveryGuestAsync() => Task.WhenAll(guests.Select(FromAsync));

    public static string Text(IReadOnlyList<TimeSpan> times) => times.Count == 0
        ? "-"
        : string.Create(CultureInfo.InvariantCulture,
            $"p50 {At(times, 0.5).TotalSeconds:0.0}, p99 {At(times, 0.99).TotalSeconds:0.0}, most {times.Max().TotalSeconds:0.0}");

    public static TimeSpan At(IReadOnlyList<TimeSpan> times, double part) =>
        times.Count == 0 ? TimeSpan.Zero : times.Order().ElementAt(Math.Min(times.Count - 1, (int)(times.Count * part)));

    private async Task<TimeSpan> FromAsync(string guest)
    {
        var asked = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync(() => AnswersAsync(guest), patience, $"{guest} answers");
        return TimeProvider.System.GetElapsedTime(asked);
    }

    private async Task<bool> AnswersAsync(string guest)
    {
        try
        {
            await client.ReadGuestAsync(guest);
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            return false;
        }
    }
}
