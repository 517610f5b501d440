using System.Text.RegularExpressions;

namespace GuestSessions.Architecture.Tests;

/// <summary>What SECURITY.md says is proven has its proof.</summary>
public sealed partial class SecurityTests
{
    [Fact]
    public void Every_test_that_the_security_document_names_exists()
    {
        var named = Reference().Matches(File.ReadAllText(Path.Combine(Repository.Root, "SECURITY.md")))
            .Select(static match => (Class: match.Groups[1].Value, Method: match.Groups[2].Value))
            .ToList();
        var sources = Repository.Files("tests", "*.cs").Select(File.ReadAllText).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, test => Assert.Contains(sources, source =>
            Regex.IsMatch(source, $@"\bclass {test.Class}\b")
            && Regex.IsMatch(source, $@"\[(Fact|Theory)[\s\S]*\b{test.Method}\(")));
    }

    [Fact]
    public void Every_row_of_its_tables_names_a_test() => Assert.Empty(
        from line in File.ReadLines(Path.Combine(Repository.Root, "SECURITY.md"))
        where line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Threat", StringComparison.Ordinal)
            && !line.StartsWith("| Remembered", StringComparison.Ordinal) && !Reference().IsMatch(line)
        select line);

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*Tests)\\.([A-Z][A-Za-z0-9_]*)`")]
    private static partial Regex Reference();
}
