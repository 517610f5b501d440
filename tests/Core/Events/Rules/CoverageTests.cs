using GuestSessions.Core.Events;
using GuestSessions.Core.Events.Rules;

namespace GuestSessions.Core.Tests.Events.Rules;

/// <summary>The rules against the list of what is documented: nothing named there is without a rule.</summary>
public sealed class CoverageTests
{
    [Fact]
    public void Every_listed_attribute_has_a_rule()
    {
        Assert.True(Listed.All.Count > 90);
        Assert.All(Listed.All.Where(attribute => attribute.Path != "(none)" && attribute.Type != "(custom)"),
            attribute => Assert.True(attribute.Rule() is not null, $"No rule covers {attribute}."));
    }

    [Fact]
    public void Every_listed_type_is_known()
        => Assert.All(
            Listed.All.Select(attribute => attribute.Type).Distinct().Where(type => !type.StartsWith('(')),
            type => Assert.True(EventTypes.Standard.Contains(type) || type == EventTypes.ForceClose, type));

    [Fact]
    public void Rules_require_what_the_list_requires()
        => Assert.All(Listed.All.Where(attribute => attribute.IsNamed && attribute.Type != Listed.AnyType),
            attribute => Assert.Equal(attribute.Need == "required", attribute.Rule()!.Required));

    [Fact]
    public void Rules_accept_exactly_the_values_that_the_list_names()
        => Assert.All(Listed.All.Where(attribute => attribute.IsValueList),
            attribute => Assert.Equal(attribute.Values.Order(), attribute.Rule()!.Form!.Values.Order()));

    [Fact]
    public void An_attribute_that_no_page_spells_out_never_rejects_an_event()
        => Assert.All(
            Listed.All.Where(attribute => attribute.IsNamed && attribute.Seen != "page" && attribute.Path != "requested_at"),
            attribute => Assert.False(attribute.Rule()!.Enforced, attribute.ToString()));

    [Fact]
    public void No_rule_stands_without_a_line_in_the_list()
        => Assert.All(EventTypes.Standard, type => Assert.All(Paths("", TypeRules.Of(type)), path => Assert.Contains(
            Listed.All, listed => listed.Type == type && listed.Path.Replace("[]", "", StringComparison.Ordinal) == path)));

    [Fact]
    public void Every_rule_names_its_source()
        => Assert.All(EventTypes.Standard.SelectMany(TypeRules.Of).SelectMany(Within).Concat(AttributeRules.Further),
            rule => Assert.Contains(rule.Source, Source.Addresses.Keys));

    private static IEnumerable<AttributeRule> Within(AttributeRule rule) => [rule, .. rule.Members.SelectMany(Within)];

    // An object stands in the list by its members where it is one that every type has.
    private static IEnumerable<string> Paths(string parent, IReadOnlyList<AttributeRule> rules) => rules.SelectMany(
        rule => rule.Name == "ext" ? Paths("ext.", rule.Members) : [parent + rule.Name, .. Paths($"{parent}{rule.Name}.", rule.Members)]);
}
