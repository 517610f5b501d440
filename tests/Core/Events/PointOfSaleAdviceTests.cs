using System.Text.Json.Nodes;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;

namespace GuestSessions.Core.Tests.Events;

/// <summary>A point of sale that the tenant does not have is answered with those that it has.</summary>
public sealed class PointOfSaleAdviceTests
{
    [Fact]
    public void A_few_points_of_sale_are_all_named_the_nearest_first() => Assert.EndsWith(
        """ The tenant has "harbourbikes/uk2", "harbourbikes/ie", "other".""",
        Advice("harbourbikes/uk", "other", "harbourbikes/ie", "harbourbikes/uk2"), StringComparison.Ordinal);

    [Fact]
    public void Of_many_points_of_sale_five_are_named_and_the_others_counted() => Assert.EndsWith(
        """ The tenant has "shop/19", "shop/99", "shop/1", "shop/10", "shop/11" and 95 more.""",
        Advice("shop/1999", [.. Enumerable.Range(0, 100).Select(static at => $"shop/{at}")]), StringComparison.Ordinal);

    [Fact]
    public void A_tenant_without_any_is_told_to_configure_them() => Assert.Contains("PointsOfSale", Advice("harbourbikes/ie"), StringComparison.Ordinal);

    [Fact]
    public void Another_case_is_named_alone() => Assert.EndsWith(
        """ Names are case-sensitive: write it as "harbourbikes/ie".""", Advice("HarbourBikes/IE", "other", "harbourbikes/ie"), StringComparison.Ordinal);

    [Fact]
    public void An_absent_attribute_is_said_to_be_absent_before_its_form() => Assert.Equal(
        "The attribute is absent. Expected a string in upper case.",
        Sample.Refused(Sample.ReadWith("reference_id", json: null, "CHECKOUT"), "missing_attribute", "/event/reference_id").Detail);

    private static string Advice(string name, params string[] known) =>
        Sample.Refused(
            new EnvelopeReader(new EventRules(
                known.ToDictionary(static one => one, static one => new PointOfSaleOptions { Name = one }),
                new EventDefaults(), new IngestOptions())).Read(Sample.Utf8(Sample.Envelope(Named(name)).ToJsonString())),
            "unknown_point_of_sale", "/event/pos").Detail;

    private static JsonObject Named(string pos)
    {
        var body = Sample.Event();
        body["pos"] = pos;
        return body;
    }
}
