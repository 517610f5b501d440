using System.Text.RegularExpressions;

namespace GuestSessions.Architecture.Tests;

/// <summary>Links between documents lead to a file, and to a heading that it has.</summary>
public sealed partial class LinkTests
{
    private static readonly string[] Folders = ["docs", "ops", "samples"];

    [Fact]
    public void Every_link_between_documents_leads_somewhere()
    {
        var documents = Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Folders.SelectMany(static folder => Repository.Files(folder, "*.md")))
            .Where(static file => !file.Contains("node_modules", StringComparison.Ordinal)).ToList();

        Assert.True(documents.Count > 50);
        Assert.Empty(documents.SelectMany(BrokenLinksOf));
    }

    private static IEnumerable<string> BrokenLinksOf(string document) =>
        from link in Link().Matches(Block().Replace(File.ReadAllText(document), "")).Select(static match => match.Groups[1].Value)
        where !link.Contains("://", StringComparison.Ordinal) && !IsFound(document, link)
        select $"{Path.GetRelativePath(Repository.Root, document)}: {link}";

    private static bool IsFound(string document, string link)
    {
        var (path, heading) = link.Split('#') is [var file, var anchor] ? (file, anchor) : (link, null);
        var target = path.Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, path);
        return heading is null || !target.EndsWith(".md", StringComparison.Ordinal)
            ? Path.Exists(target)
            : File.Exists(target) && Heading().Matches(File.ReadAllText(target)).Any(match => Anchor(match.Groups[1].Value) == heading);
    }

    /// <summary>As the sites that render these documents name a heading.</summary>
    private static string Anchor(string heading) => Dropped().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"```.*?```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\(([^)\s<>]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ +(.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Dropped();
}
