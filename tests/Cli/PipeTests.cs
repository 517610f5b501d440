using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GuestSessions.Cli.Tests;

/// <summary>The tool in pipes: what is on stdout and stderr, and how it ends.</summary>
public sealed class PipeTests(ServiceFixture service) : IClassFixture<ServiceFixture>, IDisposable
{
    private readonly Tool _tool = new(service.Address);

    [Fact]
    public async Task A_sent_event_shows_its_receipt_and_is_known_the_second_time()
    {
        const string line = """echo '{"event_id":"e1","event":{"type":"VIEW","page":"/a"}}' | sessions send sender - -o ndjson""";

        var first = await _tool.RunAsync(line);
        var second = await _tool.RunAsync(line);

        Assert.Equal((0, "accepted"), (first.ExitCode, Status(first)));
        Assert.Equal((0, "duplicate"), (second.ExitCode, Status(second)));
        Assert.Equal("", first.Errors);

        static string? Status(Ended ended) => Assert.Single(ended.Lines).GetProperty("status").GetString();
    }

    [Fact]
    public async Task An_event_is_found_by_its_id_and_its_guest_is_laid_out_line_by_line()
    {
        await _tool.RunAsync("""echo '{"event_id":"sought","event":{"type":"VIEW","page":"/a"}}' | sessions send laid-out -""");

        var found = await _tool.RunAsync("sessions find sought -o ndjson");
        var guest = await _tool.RunAsync("sessions guest laid-out");

        Assert.Equal("laid-out", Assert.Single(found.Lines).GetProperty("guest").GetString());
        Assert.Contains("guest: laid-out\n", guest.Output, StringComparison.Ordinal);
        Assert.Matches("(?m)^sessions:\n  - number: 1\n    [a-z]", guest.Output);
        Assert.DoesNotContain('{', guest.Output);
    }

    [Fact]
    public async Task A_search_ends_with_the_event_and_says_that_older_ones_were_not_compared()
    {
        const int guests = 4_500; // More rows than one look at the store reads.
        await File.WriteAllLinesAsync(_tool.PathOf("guests.ndjson"), Enumerable.Range(1, guests).Select(static at =>
            $$$"""{"guest":"one-of-many-{{{at}}}","event":{"type":"VIEW","page":"/"}}"""));
        Assert.Equal(0, (await _tool.RunAsync("sessions import guests.ndjson")).ExitCode);
        await _tool.RunAsync("""echo '{"event_id":"newest","event":{"type":"VIEW","page":"/"}}' | sessions send last -""");

        var found = await _tool.RunAsync("sessions find newest -o ndjson");

        Assert.Equal("last", Assert.Single(found.Lines).GetProperty("guest").GetString());
        Assert.Matches("^Compared the ids of events back to .*Older ones were not compared\\.\\s*$", found.Errors);
    }

    [Fact]
    public async Task A_masked_value_is_revealed_with_a_reason_and_only_that_one()
    {
        await _tool.RunAsync(
            """echo '{"event_id":"e1","event":{"type":"VIEW","page":"/a","ext":{"phone":"+353851234567"}}}' | sessions send revealed -""");

        var revealed = await _tool.RunAsync("sessions reveal revealed /received/ext/phone --event e1 --reason 'ticket 4711' -o ndjson");
        var unknown = await _tool.RunAsync("sessions reveal revealed /received/nothing --event e1 --reason 'ticket 4711'");
        var silent = await _tool.RunAsync("sessions reveal revealed /received/ext/phone --event e1");

        Assert.Equal((0, "+353851234567"), (revealed.ExitCode, Assert.Single(revealed.Lines).GetProperty("value").GetString()));
        Assert.Equal("unknown_field", JsonElement.Parse(unknown.Errors).GetProperty("code").GetString());
        Assert.Equal(ExitCodes.Usage, silent.ExitCode);
    }

    [Fact]
    public async Task A_rejected_event_ends_with_three_and_its_problem_is_on_stderr()
    {
        var ended = await _tool.RunAsync("""echo '{"type":"VIEW","pos":"nowhere"}' | sessions send sender -""");

        Assert.Equal((ExitCodes.PartlyRejected, ""), (ended.ExitCode, ended.Output));
        Assert.Equal("unknown_point_of_sale", JsonElement.Parse(ended.Errors).GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("sessions", ExitCodes.Usage)]
    [InlineData("sessions nothing", ExitCodes.Usage)]
    [InlineData("sessions guest", ExitCodes.Usage)]
    [InlineData("sessions guest sender --profile other", ExitCodes.Usage)]
    [InlineData("sessions import missing.ndjson", ExitCodes.Usage)]
    [InlineData("echo nothing | sessions send sender -", ExitCodes.Usage)]
    [InlineData("sessions set-aside discard sender e1 --reason wrong", ExitCodes.Usage)]
    [InlineData("sessions set-aside redrive --all --reason wrong", ExitCodes.Usage)]
    [InlineData("sessions set-aside redrive --all sender --reason wrong --yes", ExitCodes.Usage)]
    [InlineData("echo '{}' | sessions set-aside redrive --all --patch - --reason wrong --yes", ExitCodes.Usage)]
    [InlineData("sessions set-aside resolve sender e1 --as delivered --reason wrong", ExitCodes.Usage)]
    [InlineData("sessions set-aside resolve sender e1 --as lost --reason wrong --yes", ExitCodes.Usage)]
    [InlineData("sessions replay sender --reason wrong", ExitCodes.Usage)]
    [InlineData("sessions pause --reason wrong", ExitCodes.Usage)]
    [InlineData("sessions guest nobody", ExitCodes.Failed)]
    [InlineData("sessions find nobody-at-all", ExitCodes.Failed)]
    [InlineData("SESSIONS_ADDRESS=http://127.0.0.1:9 sessions guest sender", ExitCodes.Failed)]
    [InlineData("SESSIONS_KEY=unknown sessions guest sender", ExitCodes.NotAllowed)]
    [InlineData("SESSIONS_KEY=demo-ingest sessions guest sender", ExitCodes.NotAllowed)]
    public async Task What_fails_ends_with_the_documented_code_and_writes_no_data(string line, int exitCode)
    {
        var ended = await _tool.RunAsync(line);

        Assert.True(ended.ExitCode == exitCode, ended.ToString());
        Assert.Equal("", ended.Output);
        Assert.NotEqual("", ended.Errors);
    }

    [Fact]
    public async Task A_refused_event_is_redriven_with_a_patch_and_another_one_is_resolved()
    {
        service.Refuse("SHOP_VISIT", times: 2);
        foreach (var id in (string[])["wrong", "odd"])
            await _tool.RunAsync($$$"""echo '{"event_id":"{{{id}}}","event":{"type":"SHOP_VISIT","page":"/sael"}}' | sessions send refused -""");
        await Eventually.TrueAsync(async () => (await _tool.RunAsync("sessions set-aside list -o ndjson")).Lines.Count == 2);

        var plan = await _tool.RunAsync("sessions set-aside redrive --all --reason plan --dry-run -o ndjson");
        var redriven = await _tool.RunAsync(
            """echo '{"page":"/sale"}' | sessions set-aside redrive refused wrong --patch - --reason typo -o ndjson""");
        var resolved = await _tool.RunAsync("sessions set-aside resolve refused odd --as delivered --reason seen --yes -o ndjson");

        Assert.Equal(2, Assert.Single(plan.Lines).GetProperty("count").GetInt32());
        Assert.Equal("/sale", Assert.Single(redriven.Lines).GetProperty("acts")[0].GetProperty("event").GetProperty("page").GetString());
        Assert.Equal("delivered", Assert.Single(resolved.Lines).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_list_runs_to_its_end_over_several_pages_in_every_format()
    {
        const int events = 1100; // More than two pages.
        await File.WriteAllLinesAsync(_tool.PathOf("many.ndjson"), Enumerable.Range(1, events).Select(static at =>
            $$$"""{"guest":"many","event":{"type":"VIEW","page":"/{{{at}}}"}}"""));
        Assert.Equal(0, (await _tool.RunAsync("sessions import many.ndjson")).ExitCode);

        var lines = await _tool.RunAsync("sessions timeline many -o ndjson");
        var array = await _tool.RunAsync("sessions timeline many -o json");
        var table = await _tool.RunAsync("sessions timeline many");

        Assert.Equal(Enumerable.Range(1, events), lines.Lines.Select(static line => line.GetProperty("sequence").GetInt32()));
        Assert.Equal(events, JsonElement.Parse(array.Output).GetArrayLength());
        Assert.Equal(events, table.Output.Count(static one => one == '\n'));
        Assert.DoesNotContain('\e', table.Output);
    }

    [Fact]
    public async Task A_profile_is_read_from_a_file_that_only_its_owner_reads()
    {
        using var tool = new Tool(address: null);
        Directory.CreateDirectory(tool.PathOf(".config/sessions"));
        var file = tool.PathOf(".config/sessions/profiles.json");
        await File.WriteAllTextAsync(file, $$$"""{"demo":{"address":"{{{service.Address}}}","key":"demo-admin"}}""");
        await tool.RunAsync($"chmod 604 {file}");

        var open = await tool.RunAsync("sessions set-aside list --profile demo");
        await tool.RunAsync($"chmod 600 {file}");
        var closed = await tool.RunAsync("sessions set-aside list --profile demo");

        Assert.Equal(ExitCodes.Usage, open.ExitCode);
        Assert.Contains("chmod 600", open.Errors, StringComparison.Ordinal);
        Assert.True(closed.ExitCode == 0, closed.ToString());
    }

    [Fact]
    public async Task A_new_key_comes_with_the_hash_that_the_service_compares()
    {
        var key = Assert.Single((await _tool.RunAsync("sessions keys new -o ndjson")).Lines);

        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.GetProperty("secret").GetString()!))),
            key.GetProperty("secret_sha256").GetString());
    }

    [Fact]
    public async Task The_doctor_says_what_is_wrong_and_what_fixes_it()
    {
        var well = await _tool.RunAsync("sessions doctor -o ndjson");
        var unknown = await _tool.RunAsync("SESSIONS_KEY=unknown sessions doctor -o ndjson");
        var away = await _tool.RunAsync("SESSIONS_ADDRESS=http://127.0.0.1:9 sessions doctor -o ndjson");

        Assert.True(well.ExitCode == 0, well.ToString());
        Assert.Contains(unknown.Lines, static line => line.GetProperty("fix").GetString()!.Contains("keys new", StringComparison.Ordinal));
        Assert.Equal((ExitCodes.Failed, ExitCodes.Failed), (unknown.ExitCode, away.ExitCode));
        Assert.Equal("wrong", Assert.Single(away.Lines).GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_doctor_shows_every_scope_and_finds_no_fault_in_a_key_that_only_sends()
    {
        var admin = await _tool.RunAsync("sessions doctor -o ndjson");
        var sender = await _tool.RunAsync("SESSIONS_KEY=demo-ingest sessions doctor -o ndjson");

        Assert.All(Scopes(admin), static scope => Assert.Equal("ok", scope.State));
        Assert.Equal(
            [("ingest", "ok"), ("support:read", "not held"), ("support:act", "not held"), ("support:reveal", "not held"), ("admin", "not held")],
            Scopes(sender));
        Assert.DoesNotContain(sender.Lines, static line => line.GetProperty("state").GetString() is "missing" or "wrong");
        Assert.Equal(ExitCodes.Done, sender.ExitCode);

        static IEnumerable<(string Scope, string State)> Scopes(Ended ended) =>
            from line in ended.Lines
            let check = line.GetProperty("check").GetString()!
            where check.StartsWith("key: ", StringComparison.Ordinal)
            select (check["key: ".Length..], line.GetProperty("state").GetString()!);
    }

    [Fact]
    public async Task A_guest_is_followed_as_its_events_change()
    {
        await _tool.RunAsync("""echo '{"type":"VIEW","page":"/first"}' | sessions send followed -""");
        using var tail = _tool.Start("exec sessions tail followed -o ndjson --count 1");
        var line = tail.StandardOutput.ReadLineAsync();
        while (!line.IsCompleted)
            await _tool.RunAsync("""echo '{"type":"VIEW","page":"/next"}' | sessions send followed -""");

        Assert.Equal("VIEW", JsonElement.Parse((await line)!).GetProperty("type").GetString());
        await tail.WaitForExitAsync();
        Assert.Equal(0, tail.ExitCode);
    }

    [Fact]
    public async Task The_shell_completes_commands_and_options()
    {
        var ended = await _tool.RunAsync("sessions '[suggest:11]' 'sessions ti'");

        Assert.Contains("timeline", ended.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _tool.Dispose();
}
