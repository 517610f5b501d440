using System.Text.RegularExpressions;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Documents;

/// <summary>Every block of every document is run or compared by a test, or says here why not.</summary>
public sealed partial class EveryBlockTests
{
    private static readonly Func<DocumentBlock, bool>[] RunHere =
        [GuideTests.Covers, RunbookCommandTests.Covers, SettingsBlockTests.Covers, OperationsTests.Covers];

    [Fact]
    public void Every_block_of_the_documents_is_run_by_a_test_or_says_why_not()
    {
        var untested = DocumentBlock.All.Where(static block =>
            !RunHere.Any(covers => covers(block)) && !BlockElsewhere.All.Any(elsewhere => elsewhere.IsOf(block)) && !IsOfDevelopers(block));

        Assert.Empty(untested.Select(static block => $"No test runs {block}"));
    }

    [Fact]
    public void Every_block_that_is_tested_elsewhere_is_there_and_has_its_text_in_that_test()
    {
        Assert.All(BlockElsewhere.All, static elsewhere =>
        {
            var blocks = DocumentBlock.All.Where(elsewhere.IsOf).ToList();
            Assert.True(blocks.Count > 0, $"There is no such block: {elsewhere}");
            Assert.DoesNotContain(blocks, static block => RunHere.Any(covers => covers(block)));
        });
        Assert.All(BlockElsewhere.All.Where(static elsewhere => elsewhere.Test is not null), static elsewhere =>
        {
            var test = File.ReadAllText(Path.Combine(Binaries.Root, elsewhere.Test!));
            Assert.All(elsewhere.Texts, text => Assert.Contains(text, test, StringComparison.Ordinal));
        });
    }

    /// <summary>They build or measure for minutes, so that only their names are compared with what there is.</summary>
    [Fact]
    public void Commands_of_developers_name_projects_classes_variables_options_and_scripts_that_there_are()
    {
        var blocks = DocumentBlock.All.Where(IsOfDevelopers).ToList();

        Assert.True(blocks.Count > 6);
        foreach (var line in blocks.SelectMany(static block => block.Text.TrimEnd().Split('\n')))
        {
            var command = Command().Match(line);
            Assert.True(command.Success, line);
            var place = Path.Combine(Binaries.Root, command.Groups["place"].Value);
            Assert.True(Path.Exists(place), line);
            var sources = string.Concat((Directory.Exists(place) ? Directory.EnumerateFiles(place, "*.cs", SearchOption.AllDirectories)
                : Directory.EnumerateFiles(Path.GetDirectoryName(place)!, "*.cs", SearchOption.AllDirectories)).Select(File.ReadAllText));
            Assert.All(
                command.Groups["variable"].Captures.Select(static name => $"\"{name.Value}\"")
                    .Concat(command.Groups["class"].Captures.Select(static name => $"class {name.Value}"))
                    .Concat(command.Groups["option"].Captures.Select(static name => name.Value)),
                name => Assert.Contains(name, sources, StringComparison.Ordinal));
        }
    }

    private static bool IsOfDevelopers(DocumentBlock block) => block.Document is "CONTRIBUTING" or "bench/README";

    [GeneratedRegex("""
        ^((?<variable>[A-Z_]+)=\w+\ )?(dotnet\ (build|run\ --project)\ )?(?<place>[\w./-]+)
        (\ --(\ -class\ "\*(?<class>\w+)")|\ --(?<option>[\w-]+)\ \d+)*\ *(\#.*)?$
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Command();
}
