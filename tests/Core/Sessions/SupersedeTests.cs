using System.Buffers;
using System.Text;
using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>Repeated IDENTITY events, and what travels with each.</summary>
public sealed class SupersedeTests
{
    private const string Browser = "11111111-2222-4333-8444-555555555555";

    private readonly Given _given = new Given().WithBrowserId();

    private IEnumerable<EventSuperseded> Superseded => _given.History.OfType<EventSuperseded>();

    [Fact]
    public void An_identical_unsent_identity_gives_way_to_the_one_that_follows()
    {
        Identify("a", "1");
        _given.Record("view");
        Identify("b", "1");

        Assert.Equal(["view", "b"], _given.LineIds);
        Assert.Equal((1, 3), (Superseded.Single().Sequence, Superseded.Single().By));
        Assert.Equal(Given.Text(_given.Session.ToSnapshot()), Given.Text(_given.Replay().ToSnapshot()));
    }

    [Fact]
    public void One_that_was_sent_stays()
    {
        Identify("a", "1");
        _given.Send();
        Identify("b", "1");

        Assert.Empty(Superseded);
    }

    [Fact]
    public void Another_content_another_browser_and_another_session_are_no_repetition()
    {
        Identify("a", "1");
        Identify("b", "2");
        Identify("c", "2", Browser);
        _given.Now += TimeSpan.FromMinutes(20);
        Identify("d", "2", Browser);

        Assert.Empty(Superseded);
    }

    [Fact]
    public void What_another_identity_has_to_precede_is_kept()
    {
        Identify("a", "1");
        Identify("b", "2");
        Identify("c", "1");

        Assert.Empty(Superseded);
    }

    [Theory]
    [InlineData("ORDER_CHECKOUT")]
    [InlineData("CHECKOUT")]
    public void An_order_between_them_keeps_its_identity(string order)
    {
        Identify("a", "1");
        _given.Record("order", order, "{}");
        Identify("b", "1");

        Assert.Equal(["a", "order", "b"], _given.LineIds);
    }

    [Fact]
    public void One_that_is_older_by_its_clock_supersedes_nothing_younger()
    {
        _given.Settle = TimeSpan.FromSeconds(10);
        Identify("a", "1");
        Identify("b", "1", occurredAt: _given.Now - TimeSpan.FromSeconds(5));

        Assert.Equal(["b", "a"], _given.LineIds);
    }

    [Fact]
    public void Every_known_identifier_of_a_rule_travels_with_each_identity()
    {
        _given.Rules.IdentityRules.AddRange(["CRM_ID", "email"]);
        Identify("a", "1");
        Identify("b", "x@y.example", provider: "email");
        Identify("c", "L-9", provider: "loyalty");
        Identify("d", "old", provider: "email", expiry: "2020-01-01T00:00");
        Identify("e", "2");

        Assert.Equal(
            """{"identifiers":[{"provider":"CRM_ID","id":"2"},{"provider":"CRM_ID","id":"1"},{"provider":"email","id":"x@y.example"}]}""",
            Sent(_given.Session.Line.Entries[^1].Event));
    }

    [Theory]
    [InlineData("""{}""", """{"identifiers":KNOWN}""")]
    [InlineData("""{"identifiers":null}""", """{"identifiers":KNOWN}""")]
    [InlineData("""{"identifiers":[]}""", """{"identifiers":KNOWN}""")]
    [InlineData("""{"identifiers":["x"]}""", """{"identifiers":["x",{"provider":"CRM_ID","id":"1"}]}""")]
    [InlineData("""{"identifiers":{"provider":"CRM_ID","id":"2"}}""", """{"identifiers":{"provider":"CRM_ID","id":"2"}}""")]
    [InlineData("""{"identifiers":"x"}""", """{"identifiers":"x"}""")]
    [InlineData("""{"identifiers":7,"page":"/a"}""", """{"identifiers":7,"page":"/a"}""")]
    public void They_travel_with_an_identity_of_an_SDK_that_has_none_of_its_own_and_in_whatever_shape(string body, string sent)
    {
        _given.Rules.IdentityRules.Add("CRM_ID");
        Identify("a", "1");
        _given.Record("b", "IDENTITY", body);

        Assert.Equal(
            sent.Replace("KNOWN", """[{"provider":"CRM_ID","id":"1"}]""", StringComparison.Ordinal),
            Sent(_given.Session.Line.Entries[^1].Event));
    }

    [Fact]
    public void Where_no_identity_rules_are_configured_an_identity_passes_as_it_came()
    {
        Identify("a", "1");
        Identify("b", "2");

        Assert.All(_given.Session.Line.Entries, entry => Assert.Null(entry.Event.Defaults));
    }

    private void Identify(
        string eventId, string id, string? browserId = null, string provider = "CRM_ID", string? expiry = null,
        DateTimeOffset? occurredAt = null)
        => _given.Record(
            eventId, "IDENTITY", $$$"""{"identifiers":[{"provider":"{{{provider}}}","id":"{{{id}}}"}]}""",
            browserId: browserId, identifiers: [new Identifier(provider, id, expiry)], occurredAt: occurredAt);

    private static string Sent(EventRecorded recorded)
    {
        var output = new ArrayBufferWriter<byte>();
        WireBody.Write(output, recorded.Body, recorded.Defaults ?? default, null, null, null);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
