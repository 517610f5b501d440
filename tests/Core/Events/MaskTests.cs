using System.Text.Json;
using System.Text.Json.Nodes;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

public sealed class MaskTests
{
    [Theory]
    [InlineData("""{"email":"n•••@h•••.com"}""", "/patch/email")]
    [InlineData("""{"email":"n\u2022@h.com"}""", "/patch/email")]
    [InlineData("""{"ext":{"deep":[{"a":1},{"b":["x","•"]}]}}""", "/patch/ext/deep/1/b/1")]
    [InlineData("""{"ext":{"•••@e•••.com":true}}""", "/patch/ext")]
    [InlineData("""{"page":"/?email=n%E2%80%A2%e2%80%a2"}""", "/patch/page")]
    [InlineData("""{"page":"&bull;&bull;"}""", "/patch/page")]
    [InlineData("""{"page":"\\u2022"}""", "/patch/page")]
    [InlineData("""{"page":"%u2022%U2022"}""", "/patch/page")]
    [InlineData("""{"page":"%2525u2022"}""", "/patch/page")]
    [InlineData("""{"page":"%25E2%2580%25a2"}""", "/patch/page")]
    [InlineData("""{"page":"%252525E2%25252580%252525A2"}""", "/patch/page")]
    [InlineData("""{"page":"&amp;bull;"}""", "/patch/page")]
    [InlineData("""{"page":"&#08226"}""", "/patch/page")]
    [InlineData("""{"page":"&amp;#X002022;"}""", "/patch/page")]
    [InlineData("""{"page":"\\u{2022}"}""", "/patch/page")]
    public void A_patch_with_a_mark_of_a_view_is_found_at_any_depth(string patch, string path)
    {
        using var document = JsonDocument.Parse(patch);

        Assert.Equal((EventCodes.MaskedValue, path), MaskMarks.Find(document.RootElement, "/patch") is { } found ? (found.Code, found.Path) : default);
    }

    [Fact]
    public void An_honest_patch_has_no_marks()
    {
        using var document = JsonDocument.Parse("""{"email":"niamh@harbourbikes.example","ext":{"a":[null,1,true,"*"]}}""");

        Assert.Null(MaskMarks.Find(document.RootElement, "/patch"));
    }

    [Fact]
    public void An_event_copied_from_a_masked_view_is_rejected()
    {
        Refused(ReadWith("ext", """{"seller":"a•••@e•••.com"}"""), EventCodes.MaskedValue, "/event/ext/seller");
        Refused(
            Read("""{"event":{"type":"VIEW","channel":"WEB","language":"EN","currency":"EUR","page":"\u2022\u2022\u2022","pos":"harbourbikes/ie"}}"""),
            EventCodes.MaskedValue, "/event/page");
    }

    [Fact]
    public void A_bullet_in_a_title_is_no_mask() => Accepted(ReadWith("ext", """{"title":"Tourers • Harbour Bikes"}"""));

    [Fact]
    public void What_an_SDK_sends_was_read_in_no_view()
    {
        var body = Event();
        body["ext"] = new JsonObject { ["field"] = "••••••" };

        body["browser_id"] = "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11";

        var sdk = new SdkEventReader(Sample.Rules, new Dictionary<string, string>()).Read(Utf8(body.ToJsonString()), null);

        Assert.Null(sdk.Event!.Quarantine);
        Assert.DoesNotContain(sdk.Event.Warnings, warning => warning.Code == EventCodes.MaskedValue);
    }

    [Fact]
    public void A_masked_identifier_is_rejected()
    {
        var check = new IdentifiersRequestReader(new IngestOptions(), new TenantRulesOptions()).Read(
            Utf8("""{"identifiers":[{"provider":"email","id":"n•••@h•••"}]}"""), DateTimeOffset.UnixEpoch);

        Assert.Equal((EventCodes.MaskedValue, "/identifiers/0/id"), (check.Errors[0].Code, check.Errors[0].Path));
    }
}
