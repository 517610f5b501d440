using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.Ingest;

namespace GuestSessions.Api.Tests.Ingress;

/// <summary>The event in the address, by whatever encoded it.</summary>
public sealed class GetFormTests
{
    [Theory]
    [InlineData("caf%E9", "café")] // escape("café")
    [InlineData("price%u20AC5", "price€5")] // escape("price€5")
    [InlineData("%u5C3A%u5BF8", "尺寸")]
    [InlineData("%uD83D%uDE80%20%FC", "🚀 ü")]
    [InlineData("%E9%20+353", "é +353")] // escape leaves plus signs alone
    [InlineData("%u20ac+5", "€+5")]
    [InlineData("caf%C3%A9+%2B%20%26", "café + &")] // UTF-8, as forms and encodeURIComponent write it
    [InlineData("caf%c3%a9", "café")]
    [InlineData("100%25", "100%")]
    [InlineData("100%", "100%")]
    [InlineData("50%zz", "50%zz")]
    [InlineData("%uzzzz", "%uzzzz")]
    [InlineData("%D6sterreich%20%DCber%20Stra%DFe", "Österreich Über Straße")]
    [InlineData("%uD83D", "\uFFFD")] // half of a character
    [InlineData("a%uDE80%uD83Db", "a\uFFFD\uFFFDb")]
    [InlineData("%EF%BB%BFa", "\uFEFFa")]
    public async Task An_event_says_what_its_encoder_was_told(string encoded, string said)
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await SendAsync(api, encoded);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var recorded = Assert.Single(api.Browser().FromBrowsers);
        Assert.Null(recorded.Quarantine);
        Assert.Equal(said, recorded.Event.Content.Page);
        Assert.Contains(
            said.Replace("\uFFFD", @"\ufffd", StringComparison.Ordinal), recorded.Event.Content.Body.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%80uro")] // Windows
    [InlineData("caf%C3%A9%E2%82")] // UTF-8 that was cut
    [InlineData("caf%C3")]
    [InlineData("price%E2")]
    [InlineData("%E5%B0")]
    [InlineData("hi%20%F0")]
    [InlineData("price%u20")] // escape() that was cut
    [InlineData("caf%E9%u")]
    [InlineData("price%u20A")]
    [InlineData("caf%E")]
    [InlineData("%u20AC%C3%A9")] // two encoders
    [InlineData("caf%E9+noir")] // a space or a plus sign
    public async Task What_can_be_read_in_two_ways_is_kept_in_quarantine(string encoded)
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await SendAsync(api, encoded);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var recorded = Assert.Single(api.Browser().FromBrowsers);
        Assert.Equal("ambiguous_encoding", recorded.Quarantine);
        Assert.DoesNotContain('\uFFFD', recorded.Event.Content.Body.ToString());
    }

    [Fact]
    public async Task An_event_that_was_encoded_with_escape_is_recorded_decoded()
    {
        await using var api = await ApiHost.StartAsync();
        var message = SdkCalls.View(key: "").Replace("\"v7\"", "\"%E9t%E9 %u20AC\"", StringComparison.Ordinal)
            .Replace("\"", "%22", StringComparison.Ordinal).Replace("{", "%7B", StringComparison.Ordinal)
            .Replace("}", "%7D", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal);

        var answer = await api.GetRawAsync($"/v1.2/event/create.json?client_key=demo-client-key&message={message}");

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Contains("\"été €\"", Assert.Single(api.Browser().FromBrowsers).Event.Content.Body.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"type\":\"VIEW\",")]
    [InlineData("{\"client_key\" \"demo-client-key\"}")]
    [InlineData("[]")]
    [InlineData("nothing")]
    [InlineData("")]
    public async Task Malformed_JSON_is_a_bad_request_and_no_unknown_key(string body)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.SendAsync(body)).MustFail(400, "malformed_json");
        (await api.SendAsync(body, "/v1.2/event/create.json")).MustFail(400, "malformed_json");
        if (body.Length > 0)
            (await api.GetAsync($"/v1.2/event/create.json?message={Uri.EscapeDataString(body)}", secret: null))
                .MustFail(400, "malformed_json");
    }

    [Fact]
    public async Task A_byte_order_mark_hides_no_key()
    {
        await using var api = await ApiHost.StartAsync();

        Assert.Equal(HttpStatusCode.Created, (await api.SendAsync("\uFEFF" + SdkCalls.View())).Status);
        Assert.Equal(SdkCalls.View(), Assert.Single(api.Browser().FromBrowsers).Event.Content.Body.ToString());
    }

    private static Task<Answer> SendAsync(ApiHost api, string page)
    {
        const string before = "%7B%22type%22:%22VIEW%22,%22browser_id%22:%22" + SdkCalls.BrowserId
            + "%22,%22channel%22:%22WEB%22,%22pos%22:%22harbourbikes/ie%22,%22page%22:%22";
        return api.GetRawAsync($"/v1.2/event/create.json?client_key=demo-client-key&message={before}{page}%22%7D");
    }
}
