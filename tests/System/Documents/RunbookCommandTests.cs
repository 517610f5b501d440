using GuestSessions.PostgresKit;
using Npgsql;

namespace GuestSessions.SystemTests.Documents;

/// <summary>Every command of a runbook runs, in the trouble that the runbook is for, and prints what the runbook speaks of.</summary>
[Collection(DocumentService.Name)]
public sealed class RunbookCommandTests(DocumentService service, PostgresServer server) : IClassFixture<PostgresServer>
{
    private const string Folder = "docs/runbooks/";
    private const string Mark = "=== runbook";

    /// <summary>A transaction of now is long enough for a test.</summary>
    private const string LongSince = "interval '10 s'";

    public static TheoryData<string> Runbooks => [.. RunbookCase.All.Keys];

    [Theory]
    [MemberData(nameof(Runbooks))]
    public async Task Every_command_of_a_runbook_runs_in_its_trouble_and_prints_what_the_runbook_speaks_of(string runbook)
    {
        var (trouble, document) = (RunbookCase.All[runbook], Folder + runbook);
        await using var other = NpgsqlDataSource.Create(server.ConnectionString("postgres"));
        await using var transaction = await other.OpenConnectionAsync();
        await using var begin = new NpgsqlCommand("BEGIN; SELECT 'it takes long'", transaction);
        await begin.ExecuteNonQueryAsync();
        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres"));

        var output = await service.RunAsync(
            $"export HOST=$API\n{trouble.Before}echo '{Mark}'\n{string.Concat(DocumentBlock.Of(document).Select(Command))}",
            document,
            ("SUPPORT_KEY", "demo-support"), ("ACT_KEY", "demo-support"), ("ADMIN_KEY", "demo-admin"),
            ("GUEST", runbook), ("EVENT", "order-1"), ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("DATABASE", $"postgresql://{connection.Username}@{connection.Host}:{connection.Port}/{connection.Database}"));

        var printed = output[(output.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..];
        Assert.All(trouble.Speaks.Concat(trouble.Prints), word => Assert.Contains(word, printed, StringComparison.OrdinalIgnoreCase));
        Assert.All(trouble.Speaks, word => Assert.Contains(word, DocumentBlock.TextOf(document), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether these tests run this block.</summary>
    internal static bool Covers(DocumentBlock block) =>
        block.Document.StartsWith(Folder, StringComparison.Ordinal) && RunbookCase.All.ContainsKey(block.Document[Folder.Length..]);

    private static string Command(DocumentBlock block) => block.Language switch
    {
        "sh" => block.Text,
        "sql" => $"psql \"$DATABASE\" <<'END'\n{block.Text.Replace(LongSince, "interval '0 s'", StringComparison.Ordinal)}END\n",
        _ => throw new InvalidOperationException($"No test runs {block}"),
    };
}
