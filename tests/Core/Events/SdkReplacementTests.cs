using System.Buffers;
using System.Text;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;

namespace GuestSessions.Core.Tests.Events;

/// <summary>What is sent in the place of what an SDK sent is told in a warning.</summary>
public sealed class SdkReplacementTests
{
    private static readonly SdkEventReader Reader = new(
        new EventRules(
            new Dictionary<string, PointOfSaleOptions> { ["harbourbikes/ie"] = new() { Name = "harbourbikes/ie" } },
            new EventDefaults { Language = "EN", Channel = "WEB", Currency = "EUR", PointOfSale = "harbourbikes/ie" },
            new IngestOptions()),
        new Dictionary<string, string> { ["harbour-ie"] = "harbourbikes/ie" });

    [Theory]
    [InlineData("language", "\"\"", "EN")]
    [InlineData("language", "null", "EN")]
    [InlineData("channel", "\"\"", "WEB")]
    [InlineData("channel", "null", "WEB")]
    [InlineData("currency", "null", "EUR")]
    [InlineData("pos", "\"\"", "harbourbikes/ie")]
    [InlineData("pos", "null", "harbourbikes/ie")]
    public void A_default_in_the_place_of_an_empty_value_is_a_warning_that_names_it(string name, string value, string sent)
    {
        var sdk = Read($$"""{"type":"VIEW","browser_id":"$","{{name}}":{{value}}}""");

        Assert.Null(sdk.Quarantine);
        var warning = Assert.Single(sdk.Warnings, static warning => warning.Code == "default_sent");
        Assert.Equal($"/event/{name}", warning.Path);
        Assert.Contains(sent, warning.Detail, StringComparison.Ordinal);
        Assert.Contains($"\"{name}\":\"{sent}\"", Sent(sdk), StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_SDK_leaves_out_or_names_in_the_address_is_no_reason_for_a_warning()
    {
        foreach (var sdk in (SdkEvent[])[
            Read("""{"type":"VIEW","browser_id":"$"}"""), Read("""{"type":"VIEW","browser_id":"$","pos":""}""", "harbour-ie")])
            Assert.DoesNotContain(sdk.Warnings, static warning => warning.Code == "default_sent");
    }

    [Theory]
    [InlineData("""{"type":"VIEW","browser_id":"$","pos":"harbourbikes/ie","page":"a\ud83d"}""")]
    [InlineData("""{"type":"VIEW","browser_id":"$","pos":"harbourbikes/ie","page":"\uDE80\uD83D b"}""")]
    [InlineData("""{"type":"VIEW","browser_id":"$","pos":"harbourbikes/ie","a\uD83D":{"b":["\ud83d\\ud83d"]}}""")]
    public void Half_of_a_character_is_sent_as_a_replacement_character(string json)
    {
        var sdk = Read(json);

        Assert.Null(sdk.Quarantine);
        Assert.Contains(sdk.Warnings, static warning => warning.Code == "normalised");
        Assert.Contains("\\ufffd", Sent(sdk), StringComparison.Ordinal);
        Assert.Equal(json.Contains(@"\\ud83d", StringComparison.Ordinal), Sent(sdk).Contains(@"\\ud83d", StringComparison.Ordinal));
    }

    [Fact]
    public void A_whole_pair_is_sent_as_it_came()
    {
        var sdk = Read("""{"type":"VIEW","browser_id":"$","pos":"harbourbikes/ie","page":"\ud83d\uDE80"}""");

        Assert.DoesNotContain(sdk.Warnings, static warning => warning.Code == "normalised");
        Assert.Contains(@"\ud83d\uDE80", Sent(sdk), StringComparison.Ordinal);
    }

    private static SdkEvent Read(string json, string? site = null) => Reader.Read(
        Encoding.UTF8.GetBytes(json.Replace("$", "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11", StringComparison.Ordinal)), site).Event!;

    private static string Sent(SdkEvent sdk)
    {
        var sent = new ArrayBufferWriter<byte>();
        WireBody.Write(sent, sdk.Event.Body, sdk.Event.Defaults, null, null, null);
        return Encoding.UTF8.GetString(sent.WrittenSpan);
    }
}
