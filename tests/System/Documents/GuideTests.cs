using System.Text.Json;

namespace GuestSessions.SystemTests.Documents;

/// <summary>
/// The guides say what the service does: each block of commands is pasted into a shell, document by document, and what it prints is
/// what the document shows. The tool's and the client's documents have tests of their own.
/// </summary>
[Collection(DocumentService.Name)]
public sealed class GuideTests(DocumentService service)
{
    private const string Mark = "=== block";
    private const string Events = "docs/events";
    private const string Migration = "docs/migration";
    private const string Emulator = "docs/emulator";

    public static TheoryData<string> Guides =>
    [
        "README", "docs/start", "docs/walkthrough", "docs/backend", Migration, "docs/support", "docs/streams", "docs/api", Emulator,
        "docs/masking", "docs/privacy",
    ];

    /// <summary>What a guide takes for granted before its first command.</summary>
    private static readonly Dictionary<string, string> Before = new()
    {
        ["docs/privacy"] = """
            curl -s localhost:8080/v1/guests/cust-42/events -H 'Authorization: Bearer demo-ingest' \
              -H 'Content-Type: application/json' -d '{"event":{"type":"VIEW","page":"/tourers"}}'

            """,
    };

    [Theory]
    [MemberData(nameof(Guides))]
    public async Task Every_command_of_a_guide_works_and_prints_what_the_guide_shows(string guide)
    {
        var blocks = CommandsOf(guide);
        Assert.NotEmpty(blocks);

        var printed = await service.RunAsync(
            Before.GetValueOrDefault(guide) + string.Concat(blocks.Select(static block => $"echo '{Mark}'\n{block.Commands.Text}\n")), guide);

        var answers = printed.Split(Mark + "\n")[1..];
        foreach (var ((_, shown), answer) in blocks.Zip(answers))
        {
            if (shown is not null)
                MustShow(JsonElement.Parse(DocumentService.Named(shown.Text, guide)), JsonElement.Parse(answer), guide);
        }
    }

    [Fact]
    public async Task The_body_that_a_site_has_sent_so_far_is_accepted_in_the_upstreams_form()
    {
        var body = DocumentBlock.Of(Migration).Single(IsSitesBody).Text;
        var browser = JsonElement.Parse(await service.GetAsync("/v1.2/browser/create.json?client_key=demo-client-key")).GetProperty("ref").GetString();
        var shown = JsonElement.Parse(body).GetProperty("browser_id").GetString()!;

        var answer = JsonElement.Parse(await service.PostAsync("/v1.2/events", body.Replace(shown, browser, StringComparison.Ordinal)));

        Assert.Equal("OK", answer.GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_answer_of_the_emulator_to_a_personalization_call_has_the_members_that_its_document_shows()
    {
        var shown = JsonElement.Parse(DocumentBlock.Of(Emulator).Single(IsPersonalization).Text);
        var browser = JsonElement.Parse(await service.GetUpstreamAsync("/v1.2/browser/create.json?client_key=demo-client-key&message={}"));

        var answer = JsonElement.Parse(await service.PostUpstreamAsync("/v2/callFlows", $$"""
            {"clientKey":"demo-client-key","channel":"WEB","language":"EN","currencyCode":"EUR","pointOfSale":"harbourbikes/ie",
             "browserId":"{{browser.GetProperty("ref").GetString()}}","friendlyId":"hero_banner"}
            """));

        Assert.All(shown.EnumerateObject().Where(static member => member.Name != "last_event"), member =>
            Assert.True(answer.TryGetProperty(member.Name, out var value) && value.ValueKind == member.Value.ValueKind, $"{member}: {answer}"));
    }

    [Fact]
    public async Task Every_body_of_the_event_guide_is_accepted_without_a_warning_and_good_upstream()
    {
        var bodies = DocumentBlock.Of(Events).Where(IsEvent).Select(static block => block.Text).ToList();
        Assert.True(bodies.Count > 12);

        var answer = JsonElement.Parse(await service.PostAsync(
            "/v1/guests/guide/events", $$"""{"events":[{{string.Join(',', bodies.Select(static body => $$"""{"event":{{body}}}"""))}}]}"""));

        Assert.All(answer.GetProperty("results").EnumerateArray(), static result =>
        {
            Assert.Equal("accepted", result.GetProperty("status").GetString());
            Assert.False(result.TryGetProperty("warnings", out var warnings), warnings.ToString());
        });
        var types = bodies.Select(static body => JsonElement.Parse(body).GetProperty("type").GetString());
        await Eventually.TrueAsync(async () => (await service.ArrivedOfAsync("guide")).Count >= bodies.Count);
        var arrived = await service.ArrivedOfAsync("guide");
        Assert.Equal(types, arrived.Select(static arrival => arrival.GetProperty("type").GetString()));
        Assert.All(arrived, static arrival => Assert.Equal("good", arrival.GetProperty("effect").GetString()));
    }

    /// <summary>Whether these tests run this block, or compare it with what they ran.</summary>
    internal static bool Covers(DocumentBlock block) => IsEvent(block) || IsSitesBody(block) || IsPersonalization(block)
        || (Guides.Any(guide => guide.Data == block.Document)
            && CommandsOf(block.Document).Any(pair => pair.Commands == block || pair.Shown == block));

    private static bool IsEvent(DocumentBlock block) => block is { Document: Events, Language: "json" };

    private static bool IsSitesBody(DocumentBlock block) =>
        block is { Document: Migration, Language: "json" } && block.Text.StartsWith("{\"client_key\"", StringComparison.Ordinal);

    private static bool IsPersonalization(DocumentBlock block) =>
        block is { Document: Emulator, Language: "json" } && block.Text.Contains("friendly_id", StringComparison.Ordinal);

    /// <summary>
    /// Blocks that call the service, with what the guide shows directly below them. An answer that stands by itself is that of the
    /// same commands once more.
    /// </summary>
    private static List<(DocumentBlock Commands, DocumentBlock? Shown)> CommandsOf(string guide)
    {
        var commands = new List<(DocumentBlock Commands, DocumentBlock? Shown)>();
        foreach (var block in DocumentBlock.Of(guide))
        {
            if (block.IsShell && block.Text.Contains("localhost:80", StringComparison.Ordinal))
                commands.Add((block, null));
            else if (block.Language == "json" && commands.Count > 0 && block.FollowsAnother)
                commands[^1] = (commands[^1].Commands, block);
            else if (block.Language == "json" && commands.Count > 0)
                commands.Add((commands[^1].Commands, block));
        }

        return commands;
    }

    /// <summary>Every member that the guide shows has this value; an ellipsis stands for any.</summary>
    private static void MustShow(JsonElement shown, JsonElement answer, string at)
    {
        if (shown.ValueKind == JsonValueKind.String && shown.GetString()!.EndsWith('…'))
        {
            Assert.StartsWith(shown.GetString()![..^1], answer.GetString(), StringComparison.Ordinal);
            return;
        }

        Assert.True(shown.ValueKind == answer.ValueKind, $"{at}: shows {shown}, but it is {answer}");
        if (shown.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in shown.EnumerateObject())
                MustShow(member.Value, answer.TryGetProperty(member.Name, out var value) ? value : default, $"{at}/{member.Name}");
        }
        else if (shown.ValueKind == JsonValueKind.Array)
        {
            Assert.True(shown.GetArrayLength() == answer.GetArrayLength(), $"{at}: shows {shown}, but it is {answer}");
            foreach (var (one, other) in shown.EnumerateArray().Zip(answer.EnumerateArray()))
                MustShow(one, other, $"{at}/-");
        }
        else
        {
            Assert.True(shown.ToString() == answer.ToString(), $"{at}: shows {shown}, but it is {answer}");
        }
    }
}
