using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Lists;

namespace GuestSessions.Api.Tests.Guests;

public sealed class SearchTests
{
    private const string Path = "/v1/guests/search";

    [Theory]
    [InlineData("""{"provider":"CRM_ID","id":"HB-1"}""", "identifier", "6:crm_idhb-1")]
    [InlineData("""{"browser_id":"5B0F3C1E-7A44-4D3E-9B1A-2F6C8D9E0A11"}""", "browser_id", "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11")]
    [InlineData("""{"provider":null,"id":null,"order_reference":"HB-7781","after":null,"limit":null}""", "order_reference", "hb-7781")]
    [InlineData("""{"order_reference":"HB-7781"}""", "order_reference", "hb-7781")]
    [InlineData("""{"provider":" crm_ID","id":"\tHB-1 "}""", "identifier", "6:crm_idhb-1")]
    [InlineData("""{"browser_id":" 5B0F3C1E-7A44-4D3E-9B1A-2F6C8D9E0A11\u200b"}""", "browser_id", "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11")]
    [InlineData("""{"order_reference":"\u00a0Hb-7781"}""", "order_reference", "hb-7781")]
    [InlineData("""{"text":"Niamh@HarbourBikes.example "}""", "text", "niamh@harbourbikes.example")]
    [InlineData("""{"text":"HB-7781"}""", "order_reference", "hb-7781")]
    [InlineData("""{"text":"5B0F3C1E-7A44-4D3E-9B1A-2F6C8D9E0A11"}""", "browser_id", "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11")]
    public async Task Guests_are_found_by_each_term_however_it_is_spelled(string body, string kind, string value)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Directory(ApiHost.Tenant).Index.Add((kind, value, "cust-42"));
        api.Cluster.Directory("other").Index.Add((kind, value, "foreign"));

        var answer = await api.PostAsync(Path, body);

        Assert.Equal((HttpStatusCode.OK, "cust-42"), (answer.Status, Found(answer)));
        Assert.Equal(kind == "text" ? "identifier" : kind, Assert.Single(
            answer.Json.GetProperty("items")[0].GetProperty("matched").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("{5B0F3C1E-7A44-4D3E-9B1A-2F6C8D9E0A11}")]
    [InlineData("5b0f3c1e7a444d3e9b1a2f6c8d9e0a11")]
    public async Task A_browser_is_found_however_its_uuid_is_written(string written)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Directory(ApiHost.Tenant).Index.Add(("browser_id", "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11", "cust-42"));

        foreach (var member in (string[])["browser_id", "text"])
            Assert.Equal("cust-42", Found(await api.PostAsync(Path, $$"""{"{{member}}":"{{written}}"}""")));
    }

    [Theory]
    [InlineData("cust-42", "CUST-42")]
    [InlineData("Cust-42.A", "cust-42.a")]
    [InlineData("Cust-42.A", "CUST-42.A ")]
    [InlineData("browser:5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11", "BROWSER:5B0F3C1E-7A44-4D3E-9B1A-2F6C8D9E0A11")]
    public async Task A_guest_is_found_by_its_id_in_any_letters(string guest, string text)
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest(guest).View = Views.Guest() with { Guest = guest };
        if (guest.Any(char.IsAsciiLetterUpper))
            api.Cluster.Directory(ApiHost.Tenant).Index.Add(("text", guest.ToLowerInvariant(), guest));

        Assert.Equal(guest, Found(await api.PostAsync(Path, $$"""{"text":"{{text}}"}""")));
    }

    [Fact]
    public async Task A_guest_is_found_by_its_own_id_as_any_text()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").View = Views.Guest();

        var hit = (await api.PostAsync(Path, """{"text":" cust-42 "}""")).Json.GetProperty("items")[0];

        Assert.Equal(
            """{"guest":"cust-42","matched":["guest_id"],"last_activity_at":"2026-11-23T10:15:30.000Z","undelivered":2,"quarantined":1,"in_doubt":0,"is_paused":false}""",
            hit.GetRawText());
    }

    [Theory]
    [InlineData("""{"order_reference":"hb-9001 "}""")]
    [InlineData("""{"text":"HB-9001"}""")]
    [InlineData("""{"text":"cust-42"}""")]
    public async Task An_order_that_was_rejected_at_ingest_is_found_and_marked_as_rejected(string search)
    {
        await using var api = await ApiHost.StartAsync();
        await api.PostAsync(
            "/v1/guests/cust-42/events",
            """{"event_id":"o1","event":{"type":"ORDER_CHECKOUT","pos":"elsewhere","order":{"referenceId":"HB-9001"}}}""");

        var answer = (await api.PostAsync(Path, search)).Json;

        Assert.Empty(answer.GetProperty("items").EnumerateArray());
        var rejected = Assert.Single(answer.GetProperty("rejections").EnumerateArray());
        Assert.Equal(
            ("cust-42", "HB-9001", "o1"),
            (rejected.GetProperty("guest").GetString(), rejected.GetProperty("order_reference").GetString(),
                rejected.GetProperty("event_id").GetString()));
    }

    [Fact]
    public async Task A_search_that_finds_nothing_says_how_it_looked()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = (await api.PostAsync(Path, """{"provider":"emial","id":"a@b.example"}""")).Json;

        Assert.Contains("text", answer.GetProperty("hint").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap()
    {
        await using var api = await ApiHost.StartAsync();
        foreach (var guest in (string[])["g3", "g1", "g2"])
            api.Cluster.Directory(ApiHost.Tenant).Index.Add(("order_reference", "o", guest));

        var first = await api.PostAsync(Path, """{"order_reference":"o","limit":2}""");
        var second = await api.PostAsync(Path, """{"order_reference":"o","limit":2,"after":"g2"}""");

        Assert.Equal(("g1,g2", "g2"), (Found(first), first.Json.GetProperty("next").GetString()));
        Assert.Equal(("g3", null), (Found(second), second.Json.GetProperty("next").GetString()));
    }

    [Fact]
    public async Task A_set_aside_event_is_found_by_its_id()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Lists(ApiHost.Tenant).Asides.Add(new ListedSetAside(
            ApiHost.Keyring.KeyOf(ApiHost.Tenant, "cust-42"), "cust-42", 3, "b3f3", "VIEW", "upstream_refused", ApiHost.Now));

        var answer = await api.PostAsync(Path, """{"text":"b3f3"}""");

        Assert.Equal("cust-42", Found(answer));
        Assert.Contains("event_id", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivered_event_is_found_by_its_id_however_far_back_if_the_search_goes_on()
    {
        await using var api = await ApiHost.StartAsync();
        var events = api.Cluster.Directory(ApiHost.Tenant).Events;
        events[("b3f3", "")] = new FoundEvents([], ApiHost.Now.AddHours(-1), new JournalPlace(new(2026, 3, 1), 4096));
        events[("b3f3", "20260301.4096")] = new FoundEvents(["cust-42"], ApiHost.Now.AddHours(-2), new JournalPlace(new(2026, 3, 1), 2048));

        var first = await api.PostAsync(Path, """{"text":"b3f3"}""");
        var second = await api.PostAsync(Path, """{"text":"b3f3","events_before":"20260301.4096"}""");

        var compared = first.Json.GetProperty("events");
        Assert.Equal(("", "20260301.4096"), (Found(first), compared.GetProperty("next").GetString()));
        Assert.Equal(ApiHost.Now.AddHours(-1), compared.GetProperty("back_to").GetDateTimeOffset());
        Assert.Equal("cust-42", Found(second));
        Assert.Equal("event_id", Assert.Single(
            second.Json.GetProperty("items")[0].GetProperty("matched").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("""{"text":"b3f3","events_before":"4096"}""")]
    [InlineData("""{"order_reference":"b3f3","events_before":"20260301.4096"}""")]
    [InlineData("""{"text":"b3f3","after":"anna","events_before":"20260301.4096"}""")]
    public async Task A_place_to_go_on_is_taken_only_as_it_was_given(string body)
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync(Path, body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("/events_before", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Niamh.Walsh+shop@googlemail.com", "niamh.walsh+shop@gmail.com")]
    [InlineData("niamh+shop@harbourbikes.example", "niamh@harbourbikes.example")]
    [InlineData("#HB-9001", "hb-9001")]
    [InlineData("HB 9001", "hb-9001")]
    [InlineData("HB-90O1", "hb-9001")]
    [InlineData("0044 20 7946 0018", "+442079460018")]
    [InlineData("bid_x=5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11;", "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11")]
    public async Task A_text_that_finds_nothing_names_the_spelling_that_finds_something(string text, string meant)
    {
        await using var api = await ApiHost.StartAsync();
        var index = api.Cluster.Directory(ApiHost.Tenant).Index;
        index.AddRange([("text", meant, "cust-42"), ("order_reference", meant, "cust-42"), ("browser_id", meant, "cust-42")]);

        var answer = (await api.PostAsync(Path, $$"""{"text":"{{text}}"}""")).Json;

        Assert.Empty(answer.GetProperty("items").EnumerateArray());
        Assert.Contains("order_reference", answer.GetProperty("looked_for").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(meant, Assert.Single(answer.GetProperty("spellings").EnumerateArray()).GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest, "malformed_json")]
    [InlineData("[]", HttpStatusCode.UnprocessableEntity, "wrong_type")]
    [InlineData("{}", HttpStatusCode.UnprocessableEntity, "invalid_search")]
    [InlineData("""{"provider":"CRM_ID"}""", HttpStatusCode.UnprocessableEntity, "invalid_search")]
    [InlineData("""{"browser_id":"a","order_reference":"b"}""", HttpStatusCode.UnprocessableEntity, "invalid_search")]
    [InlineData("""{"name":"Niamh"}""", HttpStatusCode.UnprocessableEntity, "unknown_member")]
    [InlineData("""{"text":"a","order_reference":"b"}""", HttpStatusCode.UnprocessableEntity, "invalid_search")]
    [InlineData("""{"text":"n•••@h•••"}""", HttpStatusCode.UnprocessableEntity, "masked_value")]
    [InlineData("""{"text":" \u200b"}""", HttpStatusCode.UnprocessableEntity, "wrong_type")]
    [InlineData("""{"browser_id":"not-a-uuid"}""", HttpStatusCode.UnprocessableEntity, "invalid_browser_id")]
    [InlineData("""{"browser_id":1}""", HttpStatusCode.UnprocessableEntity, "wrong_type")]
    [InlineData("""{"order_reference":"\u200b"}""", HttpStatusCode.UnprocessableEntity, "wrong_type")]
    [InlineData("""{"order_reference":"b","limit":0}""", HttpStatusCode.UnprocessableEntity, "invalid_limit")]
    public async Task A_search_that_names_no_single_valid_value_is_answered_with_its_code(string body, HttpStatusCode status, string code)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.PostAsync(Path, body)).MustRefuse(status, code);
    }

    private static string Found(Answer answer) => string.Join(
        ",", answer.Json.GetProperty("items").EnumerateArray().Select(static hit => hit.GetProperty("guest").GetString()));
}
