using System.CommandLine;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using static GuestSessions.Cli.Commands.Make;

namespace GuestSessions.Cli.Commands;

/// <summary>Says what is wrong with a setup, and what fixes it.</summary>
internal static class DoctorCommand
{
    private const string Trial = """{"event":{"type":"VIEW","page":"/doctor"}}""";

    // Acts without a reason, which the service rejects: they change nothing.
    private const string NoAct = "v1/guests/doctor/events/doctor/discard";
    private const string NoReveal = "v1/guests/doctor/reveal";
    private const string NoReason = "{}";

    private static readonly TimeSpan LargestSkew = TimeSpan.FromSeconds(30);

    public static Command Make() => Command("doctor", "Says what is wrong with a setup, and what fixes it.", async context =>
    {
        List<JsonObject> findings = [];
        await context.Writer.ManyAsync(Keep(CheckAsync(context), findings), "check", "state", "detail", "fix");
        return findings.Exists(static finding => finding["state"]!.GetValue<string>() == "wrong") ? ExitCodes.Failed : ExitCodes.Done;
    });

    private static async IAsyncEnumerable<JsonObject> CheckAsync(Context context)
    {
        var ready = await AskAsync(context, HttpMethod.Get, "health/ready");
        if (ready.Status == 0)
        {
            yield return Wrong("service", ready.Text, "Start the service, or correct the address of the profile.");
            yield break;
        }

        yield return ready.Status == 200
            ? Right("service", $"ready at {context.Service.Address}")
            : Wrong("service", ready.Text, "Read its log; storage and silo are in the detail.");
        yield return Space(ready);
        yield return ready.Skew is { } skew && skew > LargestSkew
            ? Wrong("clock", $"{skew.TotalSeconds:0} s apart from the service", "Set this machine's clock, or the service's, by NTP.")
            : Right("clock", "as the service's");

        var trial = await AskAsync(context, HttpMethod.Post, "v1/validate", Trial);
        yield return Allowed("key: ingest", "send and import", trial);
        var health = await AskAsync(context, HttpMethod.Get, "v1/delivery-health");
        yield return Allowed("key: support:read", "what looks up, and the check of the upstream", health);
        yield return Allowed(
            "key: support:act", "pause, resume, replay, redrive, resolve and discard", await AskAsync(context, HttpMethod.Post, NoAct, NoReason));
        yield return Allowed("key: support:reveal", "reveal", await AskAsync(context, HttpMethod.Post, NoReveal, NoReason));
        yield return Allowed("key: admin", "erase and export", await AskAsync(context, HttpMethod.Get, "v1/audit?limit=1"));
        if (trial.Status == 200)
            yield return Events(JsonNode.Parse(trial.Text)!["results"]![0]!);
        if (health.Status == 200)
            yield return Upstream(JsonNode.Parse(health.Text)!);
        yield return Version(await AskAsync(context, HttpMethod.Get, "openapi/v1.json"));
    }

    private static JsonObject Space(Reply ready) =>
        ready.Status == 200 && JsonNode.Parse(ready.Text)!["checks"]!["storage"]?.GetValue<string>() is "degraded"
            ? Wrong("space", "the store is nearly full: new events are refused",
                "Free space on the disk of the store, or lower Sessions:Storage:FreeSpaceFloor.")
            : Right("space", "the store takes events");

    /// <summary>The tool of one version knows the service of the same one: the major and, before 1.0, the minor number.</summary>
    private static JsonObject Version(Reply contract)
    {
        var own = ToolVersion();
        var theirs = contract.Status == 200 ? JsonNode.Parse(contract.Text)!["info"]!["version"]!.GetValue<string>() : "unknown";
        var detail = $"the tool is {own}, the service {theirs}";
        return Series(own) == Series(theirs)
            ? Right("version", detail)
            : Wrong("version", detail, $"dotnet tool update --global GuestSessions.Cli --version {theirs}");
    }

    private static string ToolVersion() =>
        typeof(DoctorCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string Series(string version) => version.Split('.', '-') is ["0", var minor, ..] ? $"0.{minor}" : version.Split('.')[0];

    /// <summary>A key holds the scopes of what it is for: one that it does not hold is no fault.</summary>
    private static JsonObject Allowed(string check, string use, Reply answer) => answer.Status switch
    {
        // The service looks at the scope before it looks at the request.
        200 or 404 or 422 => Right(check, "allowed"),
        401 => Wrong(check, "the key is unknown", "sessions keys new, and put the hash into the service's configuration."),
        403 => Finding(check, "not held", $"only for {use}", ""),
        _ => Wrong(check, answer.Text, "Read the detail."),
    };

    private static JsonObject Events(JsonNode result) => result["status"]!.GetValue<string>() == "accepted"
        ? Right("points of sale and defaults", "a VIEW without channel, language, currency and pos would be accepted")
        : Missing("points of sale and defaults", result["errors"]?.ToJsonString() ?? "",
            "Events have to name these members, or configure the tenant's Defaults and PointsOfSale.");

    private static JsonObject Upstream(JsonNode health)
    {
        var delivery = health["delivery"]!;
        if (delivery["pause"] is { } pause)
            return Wrong("upstream", $"delivery is paused: {pause.ToJsonString()}", "sessions resume --tenant --reason …");
        if (delivery["trouble"]!.GetValue<string>() is var trouble and not "none")
            return Wrong("upstream", $"trouble: {trouble}, status {delivery["trouble_status"]}", "Check the tenant's StreamApi settings: address, client key.");
        return delivery["reason"] is { } reason
            ? Wrong("upstream", reason.ToJsonString(), "The detail says what ends the wait.")
            : Right("upstream", $"nothing holds delivery; {health["quarantined"]!["count"]} events in quarantine");
    }

    private static async Task<Reply> AskAsync(Context context, HttpMethod method, string path, string? body = null)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            if (body is not null)
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await context.Service.SendRawAsync(request, context.End);
            var skew = answer.Headers.Date is { } date ? (date - TimeProvider.System.GetUtcNow()).Duration() : (TimeSpan?)null;
            return new Reply((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(context.End), skew);
        }
        catch (CommandFailedException unreachable)
        {
            return new Reply(0, unreachable.Message, null);
        }
    }

    private static async IAsyncEnumerable<JsonObject> Keep(IAsyncEnumerable<JsonObject> items, List<JsonObject> kept)
    {
        await foreach (var item in items)
        {
            kept.Add(item);
            yield return item;
        }
    }

    private static JsonObject Right(string check, string detail) => Finding(check, "ok", detail, "");

    private static JsonObject Missing(string check, string detail, string fix) => Finding(check, "missing", detail, fix);

    private static JsonObject Wrong(string check, string detail, string fix) => Finding(check, "wrong", detail, fix);

    private static JsonObject Finding(string check, string state, string detail, string fix) =>
        new() { ["check"] = check, ["state"] = state, ["detail"] = detail, ["fix"] = fix };

    /// <param name="Status">0 where no answer came.</param>
    private sealed record Reply(int Status, string Text, TimeSpan? Skew);
}
