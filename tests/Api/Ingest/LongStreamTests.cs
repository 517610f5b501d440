using GuestSessions.Api.Tests.Hosting;

namespace GuestSessions.Api.Tests.Ingest;

/// <summary>
/// Takes a minute of a quiet machine, so it runs when it is asked for: <c>-explicit only -class "*LongStream*"</c>.
/// </summary>
public sealed class LongStreamTests
{
    private const int Lines = 1_000_000;
    private const int Guests = 50_000;
    private const int Chunk = 200;

    [Fact(Explicit = true)]
    public async Task A_million_lines_over_50_000_guests_are_all_answered_in_flat_memory()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Remembers = false;
        await using var call = await DuplexCall.OpenAsync(api);
        var sending = Task.Run(async () =>
        {
            for (var at = 0; at < Lines; at += Chunk)
                await call.SendAsync(Enumerable.Range(at, Chunk).Select(n => Samples.For($"g{n % Guests}", $"e{n}")));
            call.Complete();
        });

        var memory = new List<long>();
        for (var line = 1; line <= Lines; line++)
        {
            var result = await call.ReadTextAsync();
            Assert.StartsWith($"{{\"guest\":\"g{(line - 1) % Guests}\",\"line\":{line},", result, StringComparison.Ordinal);
            Assert.Contains("\"accepted\"", result, StringComparison.Ordinal);
            if (line % (Lines / 10) == 0)
                memory.Add(GC.GetTotalMemory(forceFullCollection: true) >> 20);
        }

        await sending;
        Assert.Contains($"\"accepted\":{Lines}", await call.ReadTextAsync(), StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper?.WriteLine($"MB after each tenth: {string.Join(", ", memory)}");

        // All guests are there after the first twentieth; from then on nothing grows.
        Assert.True(memory.Max() - memory.Min() < 32, string.Join(", ", memory));
    }
}
