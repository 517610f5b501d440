using System.Globalization;

namespace GuestSessions.Bench.Fence;

/// <summary>
/// What the head row costs: the same batches through the store's own statement, and into a table that a unique key
/// over guest and version fences. In turn, in one run on one server.
/// </summary>
internal static class FenceBenchmark
{
    private const int Rounds = 5;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(4);

    public static async Task RunAsync(string connectionString)
    {
        Console.WriteLine($"{Machine.Describe()}; load average {Machine.LoadAverage():F1}");
        Console.WriteLine("| rows a batch | fence | rows/s, median (of all rounds) | WAL bytes a row |");
        Console.WriteLine("|---:|---|---:|---:|");
        await using var unique = await UniqueKeyFence.OpenAsync(connectionString);
        await using var head = await HeadRowFence.OpenAsync(connectionString);
        IFence[] fences = [unique, head];
        foreach (var batch in (int[])[500, 50, 1])
        {
            var figures = fences.ToDictionary(fence => fence, _ => new List<(double Rate, double Wal)>());
            // The first round warms up and is not counted.
            for (var round = 0; round <= Rounds; round++)
            {
                foreach (var fence in fences)
                {
                    var figure = await fence.MeasureAsync(batch, Time);
                    if (round > 0)
                        figures[fence].Add(figure);
                }
            }

            foreach (var fence in fences)
                Console.WriteLine(Line(batch, fence, figures[fence]));
        }
    }

    private static string Line(int batch, IFence fence, List<(double Rate, double Wal)> figures)
    {
        var rates = figures.Select(figure => figure.Rate).Order().ToList();
        var wal = figures.Select(figure => figure.Wal).Order().ToList()[Rounds / 2];
        return string.Create(CultureInfo.InvariantCulture,
            $"| {batch} | {fence.Name} | {rates[Rounds / 2]:N0} ({rates[0]:N0} to {rates[^1]:N0}) | {wal:N0} |");
    }
}
