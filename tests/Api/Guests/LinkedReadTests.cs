using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Guests;

/// <summary>A guest and the browser it was named for, read by the id of either.</summary>
public sealed class LinkedReadTests
{
    private const string Line = "browser:6c1b4a5e-0d32-4c7b-8f11-93a4d2e7b001";

    private static readonly string[] Lines = [Line];

    private static async Task<ApiHost> StartAsync()
    {
        var api = await ApiHost.StartAsync();
        api.Cluster.Directory(ApiHost.Tenant).Index.Add(("line", Line, "cust-42"));
        api.Guest("cust-42").View = Views.Guest() with { Lines = Lines };
        api.Guest(Line).View = Views.Guest() with
        {
            Guest = Line,
            OpenedAt = ApiHost.Now.AddHours(-2),
            BrowserIds = ["6c1b4a5e-0d32-4c7b-8f11-93a4d2e7b001"],
            Undelivered = 3,
            Delivery = "sending",
            Delivered = 5,
        };
        return api;
    }

    [Theory]
    [InlineData("cust-42")]
    [InlineData(Line)]
    [InlineData("browser:6C1B4A5E-0D32-4C7B-8F11-93A4D2E7B001")]
    public async Task Either_id_reads_the_guest_with_its_browsers(string guest)
    {
        await using var api = await StartAsync();

        var answer = (await api.GetAsync($"/v1/guests/{guest}")).Json;

        Assert.Equal("cust-42", answer.GetProperty("guest").GetString());
        Assert.Equal(2, answer.GetProperty("browser_ids").GetArrayLength());
        Assert.Equal(2, answer.GetProperty("sessions").GetArrayLength());
        Assert.Equal(2, answer.GetProperty("identifiers").GetArrayLength());
        Assert.Equal(12, answer.GetProperty("delivered").GetInt64());
        Assert.Equal(5, answer.GetProperty("line").GetProperty("depth").GetInt32());
        Assert.Equal("2026-11-23T08:15:30.000Z", answer.GetProperty("opened_at").GetString());
        Assert.Equal(
            $$"""[{"guest":"{{Line}}","depth":3,"delivery":"sending","quarantined":1,"in_doubt":0,"delivered":5,"waiting":null}]""",
            answer.GetProperty("lines").GetRawText());
    }

    [Fact]
    public async Task A_session_that_began_before_its_browser_had_a_name_is_shown_once()
    {
        await using var api = await StartAsync();
        var view = api.Guest("cust-42").View!;
        api.Guest("cust-42").View = view with
        {
            Sessions =
            [
                Views.Session(static session => session with
                {
                    Number = 7, Origin = new SessionOrigin(Line, 1), ContinuedFrom = Line,
                }),
            ],
        };
        var before = api.Guest(Line).View!;
        api.Guest(Line).View = before with
        {
            Sessions = [Views.Session(static session => session with { ContinuedBy = "cust-42" })],
        };

        var session = Assert.Single((await api.GetAsync("/v1/guests/cust-42")).Json.GetProperty("sessions").EnumerateArray());

        Assert.Equal(7, session.GetProperty("number").GetInt32());
        Assert.Equal(Line, session.GetProperty("continued_from").GetString());
        Assert.Equal("OPEN", session.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_session_that_another_guest_continues_says_so()
    {
        await using var api = await ApiHost.StartAsync();
        var view = Views.Guest();
        api.Guest("cust-42").View = view with
        {
            Sessions = [Views.Session(static session => session with { ContinuedBy = "cust-43" }) with { Open = false }],
        };

        var session = (await api.GetAsync("/v1/guests/cust-42")).Json.GetProperty("sessions")[0];

        Assert.Equal("CONTINUED", session.GetProperty("state").GetString());
        Assert.Equal("cust-43", session.GetProperty("continued_by").GetString());
    }

    [Fact]
    public async Task A_guest_with_more_browsers_than_a_page_shows_has_them_all_in_pages()
    {
        await using var api = await ApiHost.StartAsync();
        string[] lines = [.. Enumerable.Range(1, 150).Select(static number => $"browser:6c1b4a5e-0d32-4c7b-8f11-{number:x12}")];
        api.Guest("cust-42").View = Views.Guest() with { Lines = lines };
        foreach (var line in lines)
            api.Guest(line).View = Views.Guest() with { Guest = line };

        var guest = (await api.GetAsync("/v1/guests/cust-42")).Json;
        List<string?> listed = [];
        for (var next = "?limit=70"; next is not null;)
        {
            var page = (await api.GetAsync($"/v1/guests/cust-42/browsers{next}")).Json;
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(
                static item => item.GetProperty("guest").GetString()));
            next = page.GetProperty("next").GetString() is { } after ? $"?limit=70&after={after}" : null;
        }

        Assert.Equal(150, guest.GetProperty("line_count").GetInt32());
        Assert.Equal(64, guest.GetProperty("lines").GetArrayLength());
        Assert.Equal(lines, listed);
        Assert.Equal(404, (int)(await api.GetAsync("/v1/guests/nobody/browsers")).Status);
        Assert.Equal(400, (int)(await api.GetAsync("/v1/guests/cust-42/browsers?after=x")).Status);
    }

    [Fact]
    public async Task A_browser_nobody_was_named_for_is_a_guest_of_its_own()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest(Line).View = Views.Guest() with { Guest = Line };

        var answer = (await api.GetAsync($"/v1/guests/{Line}")).Json;

        Assert.Equal(Line, answer.GetProperty("guest").GetString());
        Assert.False(answer.TryGetProperty("lines", out _));
    }

    [Fact]
    public async Task A_browser_whose_first_event_had_a_name_is_read_as_who_has_it_now()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Directory(ApiHost.Tenant).Owners["6c1b4a5e-0d32-4c7b-8f11-93a4d2e7b001"] = new(["cust-42"]);
        api.Guest("cust-42").View = Views.Guest();

        var answer = (await api.GetAsync($"/v1/guests/{Line}")).Json;

        Assert.Equal("cust-42", answer.GetProperty("guest").GetString());
    }

    [Fact]
    public async Task The_timeline_goes_by_the_time_of_receipt_and_names_the_line()
    {
        await using var api = await StartAsync();
        api.Guest("cust-42").Timeline = Page(null, (1, 3), (2, 5)) with { Lines = Lines };
        api.Guest(Line).Timeline = Page(null, (1, 1), (2, 4), (3, 4.5));

        var answer = (await api.GetAsync($"/v1/guests/{Line}/events")).Json;

        Assert.Equal(["b1", "o1", "b2", "b3", "o2"], Places(answer));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, answer.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task The_newest_first_timeline_is_the_other_way_round()
    {
        await using var api = await StartAsync();
        api.Guest("cust-42").Timeline = Page(null, (2, 5), (1, 3)) with { Lines = Lines };
        api.Guest(Line).Timeline = Page(null, (3, 5), (2, 4), (1, 1));

        var whole = (await api.GetAsync("/v1/guests/cust-42/events?order=newest")).Json;
        var first = (await api.GetAsync("/v1/guests/cust-42/events?order=newest&limit=1")).Json;

        Assert.True(api.Guest(Line).AskedTimeline!.Newest);
        Assert.Equal(["o2", "b3", "b2", "o1", "b1"], Places(whole));
        Assert.Equal(["o2"], Places(first));
        Assert.Equal("2.4", first.GetProperty("next").GetString());
    }

    [Fact]
    public async Task Where_the_page_of_one_line_ends_early_the_others_wait_for_it()
    {
        await using var api = await StartAsync();
        api.Guest("cust-42").Timeline = Page(null, (7, 3), (8, 5)) with { Lines = Lines };
        api.Guest(Line).Timeline = Page(2000, (9, 4));

        var answer = (await api.GetAsync("/v1/guests/cust-42/events?type=VIEW")).Json;

        Assert.Equal(["o7", "b9"], Places(answer));
        Assert.Equal("7.2000", answer.GetProperty("next").GetString());
    }

    [Fact]
    public async Task A_page_tells_how_far_each_line_was_read_and_the_next_goes_on_there()
    {
        await using var api = await StartAsync();
        api.Guest("cust-42").Timeline = Page(null, (1, 3), (2, 5)) with { Lines = Lines };
        api.Guest(Line).Timeline = Page(2, (1, 1), (2, 4));

        var first = (await api.GetAsync("/v1/guests/cust-42/events?limit=2")).Json;
        await api.GetAsync("/v1/guests/cust-42/events?limit=2&after=1.1");

        Assert.Equal("1.1", first.GetProperty("next").GetString());
        Assert.Equal(1, api.Guest("cust-42").AskedTimeline!.After);
        Assert.Equal(1, api.Guest(Line).AskedTimeline!.After);
    }

    [Theory]
    [InlineData("1.")]
    [InlineData(".1")]
    [InlineData("1.-1")]
    [InlineData("1.x")]
    public async Task A_malformed_timeline_cursor_is_answered_400_invalid_parameter(string after)
    {
        await using var api = await StartAsync();

        (await api.GetAsync($"/v1/guests/cust-42/events?after={after}"))
            .MustRefuse(HttpStatusCode.BadRequest, "invalid_parameter");
    }

    [Fact]
    public async Task An_event_is_found_in_whichever_line_it_is()
    {
        await using var api = await StartAsync();
        api.Guest(Line).Event = Views.Detail();

        var answer = (await api.GetAsync("/v1/guests/cust-42/events/b3f3")).Json;

        Assert.Equal(Line, answer.GetProperty("line").GetString());
    }

    [Fact]
    public async Task An_event_is_looked_for_in_several_lines_at_once_but_not_in_all()
    {
        string[] lines = [.. Enumerable.Range(1, 40).Select(static number => $"browser:6c1b4a5e-0d32-4c7b-8f11-{number:x12}")];
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").View = Views.Guest() with { Lines = lines };
        api.Guest(lines[15]).Event = Views.Detail();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var line in lines)
            api.Guest(line).EventHeld = held.Task;

        var read = api.GetAsync("/v1/guests/cust-42/events/b3f3");
        await Eventually.TrueAsync(() => lines[..16].All(line => api.Guest(line).AskedEvent));
        held.SetResult();

        Assert.Equal(lines[15], (await read).Json.GetProperty("line").GetString());
        Assert.DoesNotContain(lines[16..], line => api.Guest(line).AskedEvent);
    }

    [Fact]
    public async Task A_flush_reaches_every_line()
    {
        await using var api = await StartAsync();
        api.Guest("cust-42").Flush = new FlushAnswer(2);
        api.Guest(Line).Flush = new FlushAnswer(3);

        var answer = await api.PostAsync($"/v1/guests/{Line}/flush", """{"reason":"r"}""");

        Assert.Equal("""{"guest":"cust-42","undelivered":5}""", answer.Text);
        Assert.NotNull(api.Guest(Line).FlushedBy);
    }

    [Fact]
    public async Task A_search_that_meets_a_browser_answers_the_guest_that_was_named_for_it_once()
    {
        await using var api = await StartAsync();
        foreach (var guest in (string[])[Line, "cust-42", "zoe"])
            api.Cluster.Directory(ApiHost.Tenant).Index.Add(("order_reference", "o", guest));

        var all = await api.PostAsync("/v1/guests/search", """{"order_reference":"o"}""");
        var first = await api.PostAsync("/v1/guests/search", """{"order_reference":"o","limit":1}""");

        Assert.Equal("cust-42 zoe", Found(all));
        Assert.Equal($"cust-42 then {Line}", Found(first));

        static string Found(Answer answer) => string.Join(
            ' ', answer.Json.GetProperty("items").EnumerateArray().Select(static hit => hit.GetProperty("guest").GetString()))
            + (answer.Json.GetProperty("next").GetString() is { } next ? $" then {next}" : "");
    }

    private static IEnumerable<string> Places(System.Text.Json.JsonElement answer) =>
        answer.GetProperty("items").EnumerateArray().Select(static item =>
            (item.TryGetProperty("line", out var line) && line.GetString() == Line ? "b" : "o")
            + item.GetProperty("sequence").GetInt64());

    private static TimelinePage Page(long? next, params (long Sequence, double At)[] events) => new(
        [.. events.Select(static @event => Views.Summary(@event.Sequence) with
        {
            ReceivedAt = ApiHost.Now.AddSeconds(@event.At),
        })],
        next);
}
