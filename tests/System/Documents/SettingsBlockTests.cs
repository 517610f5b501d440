using System.Text.RegularExpressions;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Documents;

/// <summary>Settings that a document shows are given to the real host, which says whether it can be used with them.</summary>
public sealed partial class SettingsBlockTests
{
    private const string Hash = "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08";

    /// <summary>What a block about something else takes for granted.</summary>
    private static readonly (string, string)[] Tenant =
    [
        ("Sessions__Tenants__shop__StreamApi__BaseUrl", "https://upstream.example"),
        ("Sessions__Tenants__shop__StreamApi__ClientKey", "public-key"),
        ("Sessions__Tenants__shop__PointsOfSale__0__Name", "shop/ie"),
        ("Sessions__Tenants__shop__ApiKeys__0__Id", "backend"),
        ("Sessions__Tenants__shop__ApiKeys__0__SecretSha256", Hash),
        ("Sessions__Tenants__shop__ApiKeys__0__Scopes__0", "ingest"),
        ("Sessions__SignIn__ClientSecret", "secret-of-the-client"),
    ];

    public static TheoryData<string, int> Blocks => new(
        DocumentBlock.All.Where(Covers).Select(static block => (block.Document, block.Line)));

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task A_host_can_be_used_with_the_settings_of_a_document_and_knows_each_of_them(string document, int line)
    {
        var block = DocumentBlock.Of(document).Single(block => block.Line == line);
        var text = Secret().Replace(block.Text, "${1}" + Hash).Replace("…", "chosen", StringComparison.Ordinal);
        var isComplete = text.Contains("\"StreamApi\"", StringComparison.Ordinal);
        var signsIn = text.Contains("SignIn", StringComparison.Ordinal);
        var give = block.Language == "json"
            ? $"export SETTINGS_FILE=$PWD/settings.json\ncat >settings.json <<'END'\n{text}END\n"
            : $"set -a\n{text}";

        var printed = await DocumentShell.RunAsync(
            $"{give}\ndotnet GuestSessions.Silo.dll --check-config 2>&1",
            [("ASPNETCORE_ENVIRONMENT", "Production"), .. isComplete ? [] : Tenant.Where(setting => signsIn || !setting.Item1.Contains("SignIn", StringComparison.Ordinal))]);

        Assert.Contains("The configuration can be used.", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("has no effect", printed, StringComparison.Ordinal);
    }

    /// <summary>Whether these tests check this block.</summary>
    internal static bool Covers(DocumentBlock block) => block.Language == "json"
        ? block.Text.StartsWith("{\n  \"Sessions\": {", StringComparison.Ordinal)
        : block.IsShell && block.Text.TrimEnd().Split('\n').All(static line => line.StartsWith("Sessions__", StringComparison.Ordinal));

    [GeneratedRegex("""(SecretSha256(?:=|": "))…""")]
    private static partial Regex Secret();
}
