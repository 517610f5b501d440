using System.Text.RegularExpressions;
using GuestSessions.Client.Tests.Events;

namespace GuestSessions.Client.Tests.Documents;

/// <summary><c>docs/client.md</c> says what the code says.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs/client.md"));

    [Fact]
    public void Every_snippet_of_the_document_is_compiled_here()
    {
        var compiled = Snippet().Matches(File.ReadAllText(Path.Combine(Repository.Root, "tests/Client/Documents/Snippets.cs")))
            .Select(static match => match.Groups[1].Value.Replace("\n        ", "\n", StringComparison.Ordinal).Trim())
            .ToList();

        Assert.Equal(compiled, Block().Matches(Document).Select(static match => Using().Replace(match.Groups[1].Value, "").Trim()));
    }

    [Fact]
    public void Every_namespace_that_the_document_uses_is_used_here()
    {
        var snippets = File.ReadAllText(Path.Combine(Repository.Root, "tests/Client/Documents/Snippets.cs"));

        Assert.All(Using().Matches(Document), used => Assert.Contains(used.Value, snippets, StringComparison.Ordinal));
    }

    [Fact]
    public void The_document_names_every_option_and_every_metric()
    {
        var options = typeof(GuestSessionsOptions).GetProperties().Select(static option => option.Name);
        var metrics = Metric().Matches(File.ReadAllText(Path.Combine(Repository.Root, "src/Client/ClientInstruments.cs")))
            .Select(static match => match.Value.Trim('"'));

        Assert.All(options.Concat(metrics), static name => Assert.Contains($"`{name}`", Document, StringComparison.Ordinal));
    }

    [Fact]
    public void The_document_names_the_class_of_every_type() => Assert.All(
        EventClassWriter.WriteAll().Keys.Where(static file => file.EndsWith("Event.cs", StringComparison.Ordinal)),
        static file => Assert.Contains($"`{Path.GetFileNameWithoutExtension(file)}`", Document, StringComparison.Ordinal));

    [GeneratedRegex(@"// snippet\n(.*?)// end", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^using [\w.]+;\n", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex("\"sessions\\.client\\.[a-z.]+\"")]
    private static partial Regex Metric();
}
