namespace GuestSessions.Bench;

/// <summary>One kind of load.</summary>
/// <param name="Target">What the service is to reach, as the report tells it.</param>
/// <param name="IsUpstreamPaused">Ingest alone, or the whole path.</param>
/// <param name="GuestOf">The guest of the n-th measured event.</param>
/// <param name="EndsAtRefusal">Measures until the first answer that is not 202.</param>
internal sealed record Scenario(
    string Name, string Target, bool IsUpstreamPaused, Func<int, string> GuestOf, bool EndsAtRefusal = false)
{
    public static IEnumerable<Scenario> All(BenchmarkSettings settings)
    {
        var spread = Spread(settings.Guests, settings.Connections);
        yield return new Scenario("ingest alone", "P4: 15,000 acked/s", true, spread);
        yield return new Scenario("whole path", "P6: 15,000 delivered/s, 6 × the baseline", false, spread);
        yield return new Scenario(
            "one hot guest", "P7: 5,000 acked/s", true, static _ => "hot-guest", EndsAtRefusal: true);
    }

    /// <summary>Events in turn over so many guests, a few less when they cannot be shared equally by the connections.</summary>
    public static Func<int, string> Spread(int guests, int connections)
    {
        string[] names = [.. Enumerable.Range(0, Math.Max(1, guests / connections) * connections).Select(static number => $"guest-{number}")];
        return number => names[number % names.Length];
    }
}
