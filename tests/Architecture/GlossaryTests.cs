using System.Text.RegularExpressions;

namespace GuestSessions.Architecture.Tests;

/// <summary>One word has one meaning: <c>docs/glossary.md</c> lists the words that the code has given up.</summary>
public sealed partial class GlossaryTests
{
    /// <summary>Members of libraries, which name them as they like.</summary>
    private static readonly HashSet<string> OfLibraries = ["BackoffType", "DelayBackoffType"];

    [Fact]
    public void No_identifier_uses_a_word_that_the_glossary_has_given_up()
    {
        var words = WordsGivenUp();
        Assert.True(words.Count > 10, "The glossary lists the words at its end.");

        Assert.Empty(
            from file in Repository.Files("src", "*.cs")
            from identifier in Identifiers(File.ReadAllText(file)).Distinct()
            where !OfLibraries.Contains(identifier) && Words().Matches(identifier).Any(word => words.Contains(word.Value))
            select $"{Path.GetFileName(file)}: {identifier}");
    }

    [Theory]
    [InlineData("private readonly TenantLane _lane; // lane", "TenantLane", "_lane")]
    [InlineData("""var text = "the lane"; Take(lane);""", "lane")]
    [InlineData("/// <summary>A lane.</summary>\nvoid Planet();")]
    public void Identifiers_are_read_without_comments_and_texts(string source, params string[] found) => Assert.Equal(
        found, Identifiers(source).Where(static identifier => Words().Matches(identifier).Any(
            static word => word.Value.Equals("lane", StringComparison.OrdinalIgnoreCase))));

    private static HashSet<string> WordsGivenUp()
    {
        var glossary = File.ReadAllText(Path.Combine(Repository.Root, "docs", "glossary.md"));
        var list = GivenUp().Match(glossary).Groups[1].Value;
        return new(list.Split([',', '\n', ' '], StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Identifiers(string source) =>
        Identifier().Matches(NoCode().Replace(source, " ")).Select(static match => match.Value);

    [GeneratedRegex(@"^## Words that no identifier uses$.*?`src`:(.*?)\.", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex GivenUp();

    // Comments, raw texts, texts.
    [GeneratedRegex(""""
        //[^\n]*|/\*.*?\*/|""".*?"""|"(?:\\.|[^"\\\n])*"
        """", RegexOptions.Singleline)]
    private static partial Regex NoCode();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Identifier();

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex Words();
}
