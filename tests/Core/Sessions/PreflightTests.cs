using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>What the upstream would take and misread is told, or refused by a strict tenant.</summary>
public sealed class PreflightTests
{
    private const string Browser = "11111111-2222-4333-8444-555555555555";
    private const string Confirm = """{"product":[{"item_id":"BIKE"},{"item_id":"LOCK"}]}""";
    private const string Identity = """{"identifiers":[{"provider":"CRM_ID","id":"HB-1"}]}""";
    private const string Order = """{"order":{"status":"PURCHASED"}}""";

    private readonly Given _given = new();

    [Fact]
    public void A_complete_shopping_journey_gets_no_warning()
    {
        _given.Rules.IdentityRules.Add("CRM_ID");
        _given.Record("view");
        _given.Record("identity", "IDENTITY", Identity);
        Add("BIKE");
        Add("LOCK");
        var outcomes = new[]
        {
            _given.Record("confirm", "CONFIRM", Confirm),
            _given.Record("checkout", "CHECKOUT", """{"status":"PURCHASED"}"""),
            _given.Record("order", "ORDER_CHECKOUT", Order),
        };

        Assert.All(outcomes, outcome => Assert.Empty(outcome.Found!));
    }

    [Fact]
    public void A_confirm_of_what_was_never_added_points_at_the_item()
    {
        Add("BIKE");

        Told(_given.Record("c", "CONFIRM", Confirm), "confirm_without_add", "/event/product/1/item_id");
    }

    [Fact]
    public void A_cleared_cart_has_nothing_to_confirm()
    {
        Add("BIKE");
        Add("LOCK");
        _given.Record("clear", "CLEAR_CART");

        Assert.Equal(2, _given.Record("c", "CONFIRM", Confirm).Found!.Count);
    }

    [Fact]
    public void A_checkout_without_confirm_makes_no_order()
    {
        Add("BIKE");

        Told(_given.Record("c", "CHECKOUT"), "checkout_without_confirm", "/event/type");
    }

    [Theory]
    [InlineData("MOBILE_APP", null, "on WEB")]
    [InlineData("WEB", Browser, "of another browser")]
    public void A_cart_spread_over_sessions_is_named(string channel, string? browserId, string where)
    {
        Add("BIKE");
        Add("LOCK");
        _given.Record("view", channel: channel, browserId: browserId);

        var outcome = _given.Record("c", "CONFIRM", Confirm, channel: channel, browserId: browserId);
        Assert.All(outcome.Found!, told => Assert.Equal("cart_in_other_session", told.Code));
        Assert.Contains(where, outcome.Found![0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkout_after_the_time_out_lost_its_confirm()
    {
        Add("BIKE");
        _given.Record("c", "CONFIRM", """{"product":[{"item_id":"BIKE"}]}""");
        _given.Now += TimeSpan.FromMinutes(20);

        Told(_given.Record("checkout", "CHECKOUT"), "cart_in_other_session", "/event/type");
    }

    [Theory]
    [InlineData("CRM_ID", null, null)]
    [InlineData("crm_id", null, "order_before_identity")]
    [InlineData("CRM_ID", Browser, "order_before_identity")]
    public void An_order_wants_an_identity_of_its_browser_by_a_rule(string provider, string? browserId, string? code)
    {
        _given.Rules.IdentityRules.Add("CRM_ID");
        _given.Record("identity", "IDENTITY", Identity.Replace("CRM_ID", provider, StringComparison.Ordinal));

        var outcome = _given.Record("order", "ORDER_CHECKOUT", Order, browserId: browserId);
        Assert.Equal(code, outcome.Found!.SingleOrDefault()?.Code);
    }

    [Fact]
    public void Without_identity_rules_nothing_is_said_of_orders()
        => Assert.Empty(_given.Record("order", "ORDER_CHECKOUT", Order).Found!);

    [Fact]
    public void The_hundred_and_first_event_of_a_session_is_reported()
    {
        for (var i = 0; i < 100; i++)
            Assert.Empty(_given.Record($"e{i}").Found!);

        Told(_given.Record("e100"), "session_event_budget", "/event");
    }

    [Fact]
    public void The_forty_first_session_in_ninety_days_is_reported()
    {
        for (var i = 0; i < 40; i++)
        {
            Assert.Empty(_given.Record($"e{i}").Found!);
            _given.Now += TimeSpan.FromHours(1);
        }

        Told(_given.Record("last"), "session_budget", "/event");
        _given.Now += TimeSpan.FromDays(90);
        Assert.Empty(_given.Record("much later").Found!);
    }

    [Theory]
    [InlineData(-20, "late_for_its_session")]
    [InlineData(-6, "clock_skew")]
    [InlineData(-5, null)]
    [InlineData(5, null)]
    [InlineData(6, "clock_skew")]
    public void A_time_far_from_receipt_is_reported(int minutes, string? code)
    {
        var outcome = _given.Record("a", occurredAt: _given.Now + TimeSpan.FromMinutes(minutes));

        Assert.Equal(code, outcome.Found!.SingleOrDefault()?.Code);
    }

    [Fact]
    public void A_strict_tenant_has_the_event_rejected_and_nothing_stored()
    {
        _given.Rules.Strict = true;
        var refused = _given.Deciding("c", "CHECKOUT");

        Assert.Empty(refused.Events);
        Assert.Equal(
            (RecordDecision.Rejected, "checkout_without_confirm"), (refused.Result.Decision, refused.Result.Code));
        Assert.Single(refused.Result.Found!);
        _given.Rules.Strict = false;
        Assert.Equal(RecordDecision.Accepted, _given.Record("c", "CHECKOUT").Decision);
    }

    private void Add(string item) => _given.Record(
        $"add-{item}", "ADD", $$$"""{"product":{"item_id":"{{{item}}}","quantity":1,"price":10}}""");

    private static void Told(RecordOutcome outcome, string code, string path)
    {
        var told = Assert.Single(outcome.Found!);
        Assert.Equal((RecordDecision.Accepted, code, path), (outcome.Decision, told.Code, told.Path));
    }
}
