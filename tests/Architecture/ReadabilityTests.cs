using System.Text.RegularExpressions;

namespace GuestSessions.Architecture.Tests;

/// <summary>What keeps the source readable from top to bottom.</summary>
public sealed partial class ReadabilityTests
{
    private const int LongestFile = 300;
    private const int LongestMedian = 90;

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold()
    {
        var lengths = Repository.Files("src", "*.cs").Concat(Repository.Files("tests", "*.cs"))
            .Select(static file => (File: Path.GetRelativePath(Repository.Root, file), Lines: File.ReadLines(file).Count()))
            .OrderBy(static entry => entry.Lines)
            .ToList();
        Assert.DoesNotContain(lengths, static entry => entry.Lines > LongestFile);
        Assert.InRange(lengths[lengths.Count / 2].Lines, 1, LongestMedian);
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing() => Assert.DoesNotContain(
        Repository.All.Append(Repository.Client).SelectMany(Repository.TypesOf), static type => NamesNothing().IsMatch(type.Name));

    [Fact]
    public void No_catch_swallows_what_it_does_not_name() => Assert.Empty(
        from file in Repository.Files("src", "*.cs")
        from Match caught in CatchesAll().Matches(File.ReadAllText(file))
        let name = caught.Groups["name"].Value
        let block = caught.Groups["block"].Value
        where !block.Contains("throw", StringComparison.Ordinal)
            && (name.Length == 0 || !Regex.IsMatch(block, $@"\b{name}\b"))
        select $"{Path.GetFileName(file)}: {caught.Value}");

    // Whatever is caught without a type, or as an Exception without a condition, up to the end of its block.
    [GeneratedRegex(@"^(?<indent> *)catch(?: \(Exception(?: (?<name>\w+))?\))?\r?\n\k<indent>\{(?<block>.*?)^\k<indent>\}",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CatchesAll();

    [GeneratedRegex("(Manager|Helper|Util|Utils|Utilities|Processor|Data|Info)(`[0-9]+)?$")]
    private static partial Regex NamesNothing();
}
