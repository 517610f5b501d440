using System.Collections.Frozen;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;

namespace GuestSessions.Core.Tests.Events;

/// <summary>A point of sale that the tenant does not have is answered with those that it has.</summary>
public sealed class PointOfSaleAdviceTests
{
    [Fact]
    public void A_few_points_of_sale_are_all_named_the_nearest_first() => Assert.Equal(
        """ The tenant has "harbourbikes/uk2", "harbourbikes/ie", "other".""",
        Advice("harbourbikes/uk", "other", "harbourbikes/ie", "harbourbikes/uk2"));

    [Fact]
    public void Of_many_points_of_sale_five_are_named_and_the_others_counted() => Assert.Equal(
        """ The tenant has "shop/19", "shop/10", "shop/11", "shop/12", "shop/13" and 95 more.""",
        Advice("shop/1999", [.. Enumerable.Range(0, 100).Select(static at => $"shop/{at}")]));

    [Fact]
    public void A_tenant_without_any_is_told_to_configure_them() => Assert.Contains("PointsOfSale", Advice("harbourbikes/ie"), StringComparison.Ordinal);

    [Fact]
    public void Another_case_is_named_alone() => Assert.Equal(
        """ Names are case-sensitive: write it as "harbourbikes/ie".""", Advice("HarbourBikes/IE", "other", "harbourbikes/ie"));

    [Fact]
    public void An_absent_attribute_is_said_to_be_absent_before_its_form() => Assert.Equal(
        "The attribute is absent. Expected a string in upper case.", Violations.Absent("a string in upper case"));

    private static string Advice(string name, params string[] known) =>
        PointOfSaleAdvice.For(name, known.ToFrozenDictionary(static one => one, static _ => new PointOfSaleOptions()));
}
