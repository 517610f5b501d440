using System.Text.RegularExpressions;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Documents;

/// <summary>A fenced block of one of the repository's documents.</summary>
/// <param name="Document">The file, from the root and without <c>.md</c>.</param>
/// <param name="Line">Of its fence, from 1.</param>
/// <param name="Language">Behind the fence; empty for none.</param>
/// <param name="Text">Between the fences.</param>
/// <param name="FollowsAnother">Whether it stands directly below another block.</param>
internal sealed partial record DocumentBlock(string Document, int Line, string Language, string Text, bool FollowsAnother)
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "artifacts", "dist"];

    /// <summary>Documents of decisions tell of the past: what they show need not work any more.</summary>
    private const string Decisions = "docs/adr/";

    /// <summary>All blocks of all documents.</summary>
    public static IReadOnlyList<DocumentBlock> All { get; } =
    [
        .. Directory.EnumerateFiles(Binaries.Root, "*.md", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(Binaries.Root, file))
            .Where(static file => !file.StartsWith(Decisions, StringComparison.Ordinal)
                && !file.Split('/').Any(static part => part.StartsWith('.') || NotOurs.Contains(part)))
            .Order(StringComparer.Ordinal)
            .SelectMany(static file => Read(file[..^".md".Length])),
    ];

    public bool IsShell => Language is "sh" or "bash";

    public static IReadOnlyList<DocumentBlock> Of(string document) => [.. All.Where(block => block.Document == document)];

    /// <summary>The only block of a document that has a text.</summary>
    public static DocumentBlock One(string document, string text) =>
        All.Single(block => block.Document == document && block.Text.Contains(text, StringComparison.Ordinal));

    public static string TextOf(string document) => File.ReadAllText(Path.Combine(Binaries.Root, $"{document}.md"));

    public override string ToString() => $"{Document}.md:{Line} ({Language})\n{Text}";

    private static IEnumerable<DocumentBlock> Read(string document)
    {
        var text = TextOf(document);
        var end = -1;
        foreach (Match match in Fence().Matches(text))
        {
            var line = text.AsSpan(0, match.Index).Count('\n') + 1;
            yield return new DocumentBlock(document, line, match.Groups[1].Value, match.Groups[2].Value, match.Index == end);
            end = match.Index + match.Length;
        }
    }

    [GeneratedRegex(@"^ *```(\w*)\n(.*?)^ *```\n", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
