using System.Buffers;
using System.Text;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;

namespace GuestSessions.Core.Tests.Events;

public sealed class SdkEventReaderTests
{
    private const string BrowserId = "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11";

    private static readonly SdkEventReader Reader = new(
        new EventRules(
            new Dictionary<string, PointOfSaleOptions>
            {
                ["harbourbikes/ie"] = new() { Name = "harbourbikes/ie", SessionTimeout = TimeSpan.FromMinutes(7) },
            },
            new EventDefaults { Language = "EN" }, new IngestOptions()),
        new Dictionary<string, string> { ["harbour-ie"] = "harbourbikes/ie" });

    [Fact]
    public void What_the_SDKs_leave_out_or_send_empty_is_no_fault()
    {
        var sdk = Read("""{"type":"VIEW","browser_id":"$","pos":"harbourbikes/ie","page":"","currency":"","language":""}""");

        Assert.Null(sdk.Quarantine);
        Assert.Equal("", sdk.Event.Channel);
        Assert.Equal(TimeSpan.FromMinutes(7), sdk.Event.SessionTimeout);
        Assert.Equal("""{"type":"VIEW","pos":"harbourbikes/ie","page":"","currency":"","language":"EN"}""", Sent(sdk));
    }

    [Fact]
    public void Flattened_ext_with_underscores_and_arrays_is_no_fault() => Assert.Null(Read(
        """{"type":"VIEW","browser_id":"$","pos":"harbourbikes/ie","ext":{"a_b":1,"c":[1,{"d":2}],"e":true}}""").Quarantine);

    [Fact]
    public void A_site_stands_for_its_point_of_sale()
    {
        var sdk = Read("""{"type":"VIEW","browser_id":"$","pos":""}""", "harbour-ie");

        Assert.Equal((null, "harbourbikes/ie"), (sdk.Quarantine, sdk.Event.PointOfSale));
        Assert.Equal("""{"type":"VIEW","pos":"harbourbikes/ie","language":"EN"}""", Sent(sdk));
    }

    [Theory]
    [InlineData("""{"type":"VIEW","browser_id":"$","pos":""}""", "elsewhere", "unknown_point_of_sale", "elsewhere")]
    [InlineData("""{"type":"VIEW","browser_id":"$"}""", null, "missing_attribute", "")]
    [InlineData("""{"type":"VIEW","browser_id":"$","pos":"uk"}""", "harbour-ie", "unknown_point_of_sale", "uk")]
    [InlineData("""{"type":"CLICK","browser_id":"$","pos":"harbourbikes/ie"}""", null, "reserved_event_type", "harbourbikes/ie")]
    [InlineData("""{"type":"IDENTITY","browser_id":"$","pos":"harbourbikes/ie"}""", null, "missing_attribute", "harbourbikes/ie")]
    [InlineData("""{"type":"VIEW","browser_id":"$","pos":"harbourbikes/ie","channel":"TELEPATHY"}""", null, "invalid_channel", "harbourbikes/ie")]
    [InlineData("""{"type":"VIEW","browser_id":"$","pos":"harbourbikes/ie","a":1,"a":2}""", null, "malformed_json", "harbourbikes/ie")]
    [InlineData("""{"type":"VIEW","browser_id":"$","pos":"harbourbikes/ie","a":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}""", null, "too_deep", "harbourbikes/ie")]
    public void What_is_wrong_with_an_event_is_a_reason_for_quarantine(
        string json, string? site, string code, string pointOfSale)
    {
        var sdk = Read(json, site);

        Assert.Equal((code, pointOfSale, BrowserId), (sdk.Quarantine, sdk.Event.PointOfSale, sdk.Event.BrowserId));
        Assert.Equal(json.Replace("$", BrowserId, StringComparison.Ordinal), sdk.Event.Body.ToString());
    }

    [Theory]
    [InlineData("{", "malformed_json")]
    [InlineData("null", "malformed_json")]
    [InlineData("""{"type":"VIEW\ud800","browser_id":"$"}""", "malformed_json")]
    [InlineData("""{"browser_id":"$"}""", "type_missing")]
    [InlineData("""{"type":7,"browser_id":"$"}""", "type_missing")]
    [InlineData("""{"type":"VIEW"}""", "browser_id_missing")]
    [InlineData("""{"type":"VIEW","browser_id":"undefined"}""", "browser_id_unusable")]
    [InlineData("""{"type":"VIEW","browser_id":""}""", "browser_id_unusable")]
    public void What_names_no_type_or_no_browser_is_no_event(string json, string code)
    {
        var check = Check(json, null);

        Assert.Null(check.Event);
        Assert.Equal(code, check.Fault?.Code);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_no_event() =>
        Assert.Equal("malformed_json", Reader.Read(new byte[] { (byte)'"', 0xFF, (byte)'"' }, null).Fault?.Code);

    [Theory]
    [InlineData("2026-11-23T06:23:46.688Z", true)]
    [InlineData("yesterday", false)]
    public void The_SDKs_own_time_is_when_it_occurred(string requestedAt, bool known)
    {
        var sdk = Read($$"""{"type":"VIEW","browser_id":"$","pos":"harbourbikes/ie","requested_at":"{{requestedAt}}"}""");

        Assert.Equal(
            known ? new DateTimeOffset(2026, 11, 23, 6, 23, 46, 688, TimeSpan.Zero) : null, sdk.OccurredAt);
        Assert.Equal(known ? null : "invalid_requested_at", sdk.Quarantine);
    }

    /// <summary>What goes upstream, without what the service itself knows.</summary>
    private static string Sent(SdkEvent sdk)
    {
        var sent = new ArrayBufferWriter<byte>();
        WireBody.Write(sent, sdk.Event.Body, sdk.Event.Defaults, null, null, null);
        return Encoding.UTF8.GetString(sent.WrittenSpan);
    }

    private static SdkEvent Read(string json, string? site = null)
    {
        var check = Check(json, site);
        Assert.Null(check.Fault);
        return check.Event!;
    }

    private static SdkEventCheck Check(string json, string? site) =>
        Reader.Read(Encoding.UTF8.GetBytes(json.Replace("$", BrowserId, StringComparison.Ordinal)), site);
}
