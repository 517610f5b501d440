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
    [InlineData("""{"type":"VIEW","browser_id":"$","pos":null}""", null, "missing_attribute", "")]
    [InlineData("""{"type":"VIEW","browser_id":"$","pos":7}""", null, "unknown_point_of_sale", "")]
    [InlineData("""{"type":"VIEW","browser_id":"$","pos":"uk"}""", "harbour-ie", "unknown_point_of_sale", "uk")]
    [InlineData("""{"type":"VIEW","browser_id":"$","pos":"harbourbikes/ie","own":{"n":[1e400]}}""", null, "invalid_value", "harbourbikes/ie")]
    public void What_is_certainly_lost_is_a_reason_for_quarantine(
        string json, string? site, string code, string pointOfSale)
    {
        var sdk = Read(json, site);

        Assert.Equal((code, pointOfSale, BrowserId), (sdk.Quarantine, sdk.Event.PointOfSale, sdk.Event.BrowserId));
        Assert.Equal(json.Replace("$", BrowserId, StringComparison.Ordinal), sdk.Event.Body.ToString());
    }

    [Theory]
    [InlineData("CLICK", "", "reserved_event_type")]
    [InlineData("SC_OWN", "", "reserved_event_type")]
    [InlineData("FORCE_CLOSE", "", "force_close_not_allowed")]
    [InlineData("ORDER-CHECKOUT", "", "doubtful_type")]
    [InlineData("a\tb", "", "invalid_type")]
    [InlineData("VIEW", ",\"channel\":\"TELEPATHY\"", "invalid_channel")]
    [InlineData("VIEW", ",\"channel\":7", "wrong_type")]
    [InlineData("VIEW", ",\"currency\":\"euro\"", "invalid_currency")]
    [InlineData("VIEW", ",\"language\":\"fil-PH\"", "doubtful_value")]
    [InlineData("VIEW", ",\"page\":{}", "wrong_type")]
    [InlineData("VIEW", ",\"requested_at\":\"yesterday\"", "invalid_requested_at")]
    [InlineData("VIEW", ",\"ext\":{\"a\":null}", "invalid_ext_value")]
    [InlineData("VIEW", ",\"ext\":{\"a\":{\"b\":1}}", "invalid_ext_value")]
    [InlineData("VIEW", ",\"ext\":[]", "wrong_type")]
    [InlineData("VIEW", ",\"ext\":{\"\":1}", "invalid_ext_name")]
    [InlineData("VIEW", ",\"session_data\":[]", "wrong_type")]
    [InlineData("VIEW", ",\"session_data\":{\"a\":null}", "wrong_type")]
    [InlineData("VIEW", ",\"a\":1,\"a\":2", "repeated_member")]
    [InlineData("VIEW", ",\"a\":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]", "too_deep")]
    [InlineData("IDENTITY", "", "missing_attribute")]
    [InlineData("IDENTITY", ",\"identifiers\":[]", "empty_identifiers")]
    [InlineData("IDENTITY", ",\"identifiers\":{}", "wrong_type")]
    [InlineData("IDENTITY", ",\"identifiers\":[{\"provider\":\"p\",\"id\":\"undefined\"}]", "junk_identifier")]
    [InlineData("IDENTITY", ",\"identifiers\":[{\"provider\":\"p\",\"id\":7}]", "wrong_type")]
    [InlineData("IDENTITY", ",\"identifiers\":[{\"provider\":\"p\",\"id\":\"i\",\"expiry_date\":null}]", "wrong_type")]
    [InlineData("IDENTITY", ",\"identifiers\":[{\"provider\":\"p\",\"id\":\"i\"}],\"country\":\"Ireland\"", "invalid_value")]
    [InlineData("IDENTITY", ",\"identifiers\":[{\"provider\":\"p\",\"id\":\"i\"}],\"lastname\":null", "wrong_type")]
    [InlineData("IDENTITY", ",\"identifiers\":[{\"provider\":\"p\",\"id\":\"i\"}],\"street\":\"1 Quay St\"", "wrong_type")]
    [InlineData("IDENTITY", ",\"identifiers\":[{\"provider\":\"p\",\"id\":\"i\"}],\"dob\":\"1990\"", "invalid_value")]
    [InlineData("ADD", ",\"product\":{\"item_id\":\"A\"}", "missing_attribute")]
    [InlineData("ADD", ",\"product\":[{\"item_id\":\"A\"}]", "wrong_type")]
    [InlineData("CHECKOUT", ",\"reference_id\":7", "wrong_type")]
    [InlineData("ORDER_CHECKOUT", ",\"order\":7", "wrong_type")]
    [InlineData("ORDER_CHECKOUT", ",\"order\":{\"extensions\":[{\"a\":[]}]}", "invalid_ext_value")]
    [InlineData("SEARCH", "", "missing_attribute")]
    [InlineData("FORM", "", "missing_attribute")]
    public void What_reaches_the_upstream_today_is_forwarded_with_a_warning(string type, string more, string code)
    {
        var json = $$"""{"type":"{{type.Replace("\t", "\\t", StringComparison.Ordinal)}}","browser_id":"$","pos":"harbourbikes/ie","language":"EN"{{more}}}""";
        var sdk = Read(json);

        Assert.Null(sdk.Quarantine);
        Assert.Contains(sdk.Warnings, warning => warning.Code == code);
        Assert.Equal(type, sdk.Event.Type);
        Assert.Equal(json.Replace("\"browser_id\":\"$\",", "", StringComparison.Ordinal), Sent(sdk));
    }

    [Fact]
    public void More_than_50_ext_attributes_and_64_identifiers_are_forwarded_and_not_remembered()
    {
        var ext = string.Join(',', Enumerable.Range(0, 51).Select(at => $"\"a{at}\":1"));
        var identifiers = string.Join(',', Enumerable.Range(0, 65).Select(at => $$"""{"provider":"p","id":"i{{at}}"}"""));
        var sdk = Read($$$"""{"type":"IDENTITY","browser_id":"$","pos":"harbourbikes/ie","ext":{{{{ext}}}},"identifiers":[{{{identifiers}}}]}""");

        Assert.Null(sdk.Quarantine);
        Assert.Empty(sdk.Event.Identifiers);
        Assert.Superset(
            new HashSet<string> { "too_many_ext_attributes", "too_many_identifiers" },
            sdk.Warnings.Select(warning => warning.Code).ToHashSet());
    }

    [Fact]
    public void Only_what_identifies_somebody_is_remembered_of_an_identity()
    {
        var sdk = Read("""{"type":"IDENTITY","browser_id":"$","pos":"harbourbikes/ie","identifiers":[{"provider":"p","id":"null"},{"provider":"q","id":" ada "},{"id":"x"}]}""");

        Assert.Null(sdk.Quarantine);
        Assert.Equal([new GuestSessions.Core.Sessions.Identifier("q", "ada")], sdk.Event.Identifiers);
    }

    [Theory]
    [InlineData("type")]
    [InlineData("channel")]
    [InlineData("language")]
    [InlineData("currency")]
    [InlineData("pos")]
    public void An_endless_name_is_kept_in_quarantine_and_bounded_beside_its_body(string attribute)
    {
        var members = new System.Text.Json.Nodes.JsonObject
        {
            ["type"] = "VIEW",
            ["browser_id"] = BrowserId,
            ["pos"] = "harbourbikes/ie",
            ["page"] = new string('p', 3_000),
        };
        members[attribute] = new string('x', 30_000);
        var sdk = Read(members.ToJsonString());

        Assert.Equal("name_too_long", sdk.Quarantine);
        Assert.Contains(new string('x', 30_000), sdk.Event.Body.ToString(), StringComparison.Ordinal);
        Assert.True(sdk.Event.Type.Length + sdk.Event.Channel.Length + sdk.Event.PointOfSale.Length <= 3 * 256);
        Assert.Equal(512, sdk.Event.Page!.Length);
    }

    [Theory]
    [InlineData("VIEW ")]
    [InlineData("\u200BVIEW")]
    [InlineData("VI\u00ADEW\uFEFF")]
    [InlineData("view\u00A0")]
    public void A_type_is_what_can_be_seen_of_it(string type)
    {
        var sdk = Read(new System.Text.Json.Nodes.JsonObject
        {
            ["type"] = type,
            ["browser_id"] = $" {BrowserId}\u200B",
            ["pos"] = "harbourbikes/ie ",
            ["channel"] = "web\u00A0",
        }.ToJsonString());

        Assert.Equal(
            (null, "VIEW", "WEB", "harbourbikes/ie", BrowserId),
            (sdk.Quarantine, sdk.Event.Type, sdk.Event.Channel, sdk.Event.PointOfSale, sdk.Event.BrowserId));
        Assert.Equal("""{"type":"VIEW","pos":"harbourbikes/ie","channel":"WEB","language":"EN"}""", Sent(sdk));
    }

    [Fact]
    public void A_null_is_filled_from_the_defaults_like_an_empty_text()
    {
        var sdk = Read("""{"type":"VIEW","browser_id":"$","pos":null,"language":null,"page":"p"}""", "harbour-ie");

        Assert.Null(sdk.Quarantine);
        Assert.Equal("""{"type":"VIEW","pos":"harbourbikes/ie","language":"EN","page":"p"}""", Sent(sdk));
    }

    [Fact]
    public void A_byte_order_mark_before_an_event_is_passed_over() =>
        Assert.NotNull(Check("\uFEFF" + """{"type":"VIEW","browser_id":"$","pos":"harbourbikes/ie"}""", null).Event);

    [Theory]
    [InlineData("{", "malformed_json")]
    [InlineData("null", "malformed_json")]
    [InlineData("""{"type":"VIEW","browser_id":"\ud800"}""", "browser_id_unusable")]
    [InlineData("""{"browser_id":"$"}""", "type_missing")]
    [InlineData("""{"type":7,"browser_id":"$"}""", "type_missing")]
    [InlineData("""{"type":"VIEW"}""", "browser_id_missing")]
    [InlineData("""{"type":"VIEW","browser_id":"undefined"}""", "browser_id_unusable")]
    [InlineData("""{"type":"VIEW","browser_id":""}""", "browser_id_unusable")]
    [InlineData("""{"type":"VIEW","browser_id":"00000000-0000-0000-0000-000000000000"}""", "browser_id_unusable")]
    [InlineData("""{"type":"VIEW","browser_id":"ffffffff-ffff-ffff-ffff-ffffffffffff"}""", "browser_id_unusable")]
    [InlineData("""{"type":"VIEW","browser_id":"+b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11"}""", "browser_id_unusable")]
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
        Assert.Null(sdk.Quarantine);
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
