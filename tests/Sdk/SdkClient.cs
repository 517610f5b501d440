using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SdkTests;

/// <summary>
/// One of the scripts of <c>client/</c>, in a Node of its own: it calls what an SDK has, and tells every call, every
/// request the SDK makes of it, and every status that came back.
/// </summary>
internal sealed class SdkClient : IDisposable
{
    private static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(3);

    private readonly Process _node;
    private readonly List<JsonObject> _told = [];

    private SdkClient(Process node) => _node = node;

    /// <summary>How long it may take to its end, or to a pause.</summary>
    public TimeSpan Patience { get; init; } = UsualPatience;

    /// <summary>Everything it told.</summary>
    public IReadOnlyList<JsonObject> Lines => _told;

    /// <summary>Requests in the order in which the SDK made them.</summary>
    public IReadOnlyList<SdkRequest> Requests =>
        [.. _told.Where(static line => line.ContainsKey("request")).Select(SdkRequest.Of).OrderBy(static made => made.Number)];

    /// <param name="script">Its file in <c>client/</c>.</param>
    /// <param name="settings">What the script is told.</param>
    /// <param name="patience">See <see cref="Patience"/>.</param>
    public static async Task<SdkClient> StartAsync(string script, JsonObject settings, TimeSpan? patience = null)
    {
        var folder = await Packages.InstalledAsync();
        var start = new ProcessStartInfo("node", [script, settings.ToJsonString()])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new SdkClient(Process.Start(start)!) { Patience = patience ?? UsualPatience };
    }

    /// <summary>Reads what it tells until it waits for the test.</summary>
    public Task UntilPauseAsync() => ReadAsync(untilPause: true);

    /// <summary>Lets it go on to its next pause.</summary>
    public Task ContinueAsync() => _node.StandardInput.WriteLineAsync();

    /// <summary>Lets it go on, and reads what it tells to its end.</summary>
    public async Task FinishAsync()
    {
        await _node.StandardInput.WriteLineAsync();
        await ReadAsync(untilPause: false);
        await _node.WaitForExitAsync();
        if (_node.ExitCode != 0)
            throw new InvalidOperationException($"The client failed: {await _node.StandardError.ReadToEndAsync()}");
    }

    /// <summary>What the calls of a function came to, in their order.</summary>
    public IReadOnlyList<JsonNode?> Answers(string call) =>
        [.. _told.Where(line => line["call"]?.GetValue<string>() == call).Select(line =>
        {
            Assert.Null(line["error"]);
            return line["answer"];
        })];

    /// <summary>A member that some line has.</summary>
    public JsonNode Told(string member) => _told.Select(line => line[member]).First(static found => found is not null)!;

    public void Dispose()
    {
        if (!_node.HasExited)
            _node.Kill(entireProcessTree: true);
        _node.Dispose();
    }

    private async Task ReadAsync(bool untilPause)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await _node.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            var told = (JsonObject)JsonNode.Parse(line)!;
            if (told.ContainsKey("pause"))
            {
                Assert.True(untilPause);
                return;
            }

            _told.Add(told);
        }

        if (untilPause)
            throw new InvalidOperationException($"The client ended early: {await _node.StandardError.ReadToEndAsync()}");
    }
}

/// <summary>One request that an SDK made.</summary>
/// <param name="Number">Its place among the client's requests.</param>
/// <param name="Status">Null when no answer came.</param>
internal sealed record SdkRequest(int Number, string Path, JsonObject? Body, int? Status)
{
    public bool IsEvent => Path.EndsWith("/v1.2/events", StringComparison.Ordinal);

    public static SdkRequest Of(JsonObject line)
    {
        var request = line["request"]!;
        return new SdkRequest(
            request["number"]!.GetValue<int>(),
            new Uri(request["url"]!.GetValue<string>()).AbsolutePath,
            request["body"]?.GetValue<string>() is { } body ? (JsonObject)JsonNode.Parse(body)! : null,
            line["status"]?.GetValue<int>());
    }
}
