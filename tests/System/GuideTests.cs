using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests;

/// <summary>
/// The guides say what the service does: each block of commands is pasted into a shell, document by document, and what it prints is
/// what the document shows. The tool's and the client's documents have tests of their own.
/// </summary>
public sealed partial class GuideTests(GuideTests.Service service) : IClassFixture<GuideTests.Service>
{
    /// <summary>
    /// A refusal ends the script. An event that is acted on before it is set aside is acted on again: a person is slower.
    /// </summary>
    private const string Prelude = """
        set -euo pipefail
        command -v jq >/dev/null || jq() { cat; }
        curl() {
          local tries answer
          for tries in $(seq 200); do
            if answer=$(command curl --fail-with-body "$@"); then printf '%s\n' "$answer"; return; fi
            [[ $answer == *wrong_state* ]] || break
            sleep 0.1
          done
          echo "curl $*: $answer" >&2
          return 1
        }

        """;

    private const string Mark = "=== block";

    public static TheoryData<string> Guides =>
        ["README", "docs/start", "docs/walkthrough", "docs/backend", "docs/migration", "docs/support", "docs/streams", "docs/api", "docs/emulator"];

    [Theory]
    [MemberData(nameof(Guides))]
    public async Task Every_command_of_a_guide_works_and_prints_what_the_guide_shows(string guide)
    {
        var blocks = CommandsOf(guide);
        Assert.NotEmpty(blocks);

        var printed = await service.RunAsync(Prelude + string.Concat(blocks.Select(block => $"echo '{Mark}'\n{block.Commands}\n")), guide);

        var answers = printed.Split(Mark + "\n")[1..];
        foreach (var (block, answer) in blocks.Zip(answers).Where(static pair => pair.First.Shown.Length > 0))
            MustShow(JsonElement.Parse(Service.Named(block.Shown, guide)), JsonElement.Parse(answer), guide);
    }

    [Fact]
    public async Task Every_body_of_the_event_guide_is_accepted_without_a_warning_and_good_upstream()
    {
        var bodies = Shown().Matches(Read("docs/events")).Select(static match => match.Groups[1].Value).ToList();
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

    /// <summary>Blocks that call the service, with what the guide shows after them.</summary>
    private static List<(string Commands, string Shown)> CommandsOf(string guide) =>
    [
        .. Block().Matches(Read(guide))
            .Where(static match => match.Groups[1].Value.Contains("localhost:80", StringComparison.Ordinal))
            .Select(static match => (match.Groups[1].Value, match.Groups[2].Value)),
    ];

    private static string Read(string guide) => File.ReadAllText(Path.Combine(Binaries.Root, $"{guide}.md"));

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

    [GeneratedRegex(@"```sh\n(.*?)```(?:\n```json\n(.*?)```)?", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shown();

    /// <summary>One all-in-one for all guides. Each guide has its own guests.</summary>
    public sealed class Service : IAsyncLifetime
    {
        private readonly string _emulator = $"127.0.0.1:{FreePort.Take()}";
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("guides-");
        private readonly HttpClient _client = new();
        private SiloProcess? _silo;

        public async ValueTask InitializeAsync()
        {
            _silo = new SiloProcess(new Uri($"http://{_emulator}"), ("Emulator:Enabled", "true"), ("Emulator:Url", $"http://{_emulator}"));
            await _silo.StartAsync();
            _client.BaseAddress = _silo.Address;
            _client.DefaultRequestHeaders.Authorization = new("Bearer", "demo-admin");
        }

        public static string Named(string text, string guide) => text.Replace("cust-", $"{Path.GetFileName(guide)}-", StringComparison.Ordinal);

        public async Task<string> RunAsync(string script, string guide)
        {
            script = Named(script, guide)
                .Replace("localhost:8080", _silo!.Address.Authority, StringComparison.Ordinal)
                .Replace("localhost:8090", _emulator, StringComparison.Ordinal);
            var start = new ProcessStartInfo("bash", ["-c", script])
            {
                WorkingDirectory = _folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var shell = Process.Start(start)!;
            var output = shell.StandardOutput.ReadToEndAsync();
            var errors = await shell.StandardError.ReadToEndAsync();
            await shell.WaitForExitAsync();
            await _client.DeleteAsync($"http://{_emulator}/_emulator/faults");
            Assert.True(shell.ExitCode == 0, errors);
            return await output;
        }

        public async Task<string> PostAsync(string path, string body)
        {
            using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
            return await (await _client.PostAsync(path, content)).Content.ReadAsStringAsync();
        }

        /// <summary>Events that arrived under the browser of a guest.</summary>
        internal async Task<IReadOnlyList<JsonElement>> ArrivedOfAsync(string guest)
        {
            var browsers = JsonElement.Parse(await _client.GetStringAsync($"/v1/guests/{guest}")).GetProperty("browser_ids")
                .EnumerateArray().Select(static id => id.GetString()).ToList();
            return [.. JsonElement.Parse(await _client.GetStringAsync($"http://{_emulator}/_emulator/events?limit=1000"))
                .GetProperty("items").EnumerateArray().Where(arrival =>
                    arrival.TryGetProperty("browser_id", out var id) && browsers.Contains(id.GetString()))];
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await _silo!.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }
}
