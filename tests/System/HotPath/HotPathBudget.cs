using System.Globalization;
using System.Text.RegularExpressions;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.HotPath;

/// <summary>The budgets of <c>docs/hot-path.md</c>: the document is what the tests read.</summary>
internal static partial class HotPathBudget
{
    private static readonly Lazy<Dictionary<string, double>> All = new(static () => Row().Matches(
            File.ReadAllText(Path.Combine(Binaries.Root, "docs", "hot-path.md")))
        .ToDictionary(
            static row => row.Groups[1].Value,
            static row => double.Parse(row.Groups[2].Value, NumberStyles.Number, CultureInfo.InvariantCulture)));

    public static IReadOnlyCollection<string> Names => All.Value.Keys;

    /// <summary>Notes what was counted, and fails if it is above the budget, or so far below that nothing can have been counted.</summary>
    /// <param name="least">Share of the budget.</param>
    public static void Check(ITestOutputHelper output, string name, double counted, double least = 0.5)
    {
        output.WriteLine($"{name}: {counted:N2}");
        Assert.True(counted >= All.Value[name] * least, $"{name} is {counted:N2}: is it counted at all, or is the budget too high?");
        Assert.True(counted <= All.Value[name], $"{name} is {counted:N2}, and docs/hot-path.md has {All.Value[name]:N2}.");
    }

    [GeneratedRegex(@"(?m)^\| `([a-z ]+)` \| .*? \| ([0-9.,]+) \|")]
    private static partial Regex Row();
}
