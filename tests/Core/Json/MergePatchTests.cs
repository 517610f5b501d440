using System.Text.Json;
using GuestSessions.Core.Json;

namespace GuestSessions.Core.Tests.Json;

public sealed class MergePatchTests
{
    // The first rows are the appendix of RFC 7396, as far as its targets and patches are objects.
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    [InlineData("""{"a":"scalar"}""", """{"a":{"b":{"c":1,"d":null}}}""", """{"a":{"b":{"c":1}}}""")]
    [InlineData("""{"a":1}""", """{"a":[null,{"b":null}]}""", """{"a":[null,{"b":null}]}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{}}""", """{"a":{"b":1}}""")]
    [InlineData("""{"a":1}""", "{}", """{"a":1}""")]
    [InlineData("""{"a":1}""", """{"b":{}}""", """{"a":1,"b":{}}""")]
    public void It_patches_as_the_RFC_says(string target, string patch, string result)
        => Assert.Equal(result, Apply(target, patch).Result);

    [Fact]
    public void What_the_patch_does_not_name_keeps_every_byte()
        => Assert.Equal(
            """{"price":749.50,"n\u0061me":"caf\u00e9","big":1e+2,"more":{"ratio": 1.000 },"ext":{"v":"v8"}}""",
            Apply(
                """{ "price":749.50, "n\u0061me":"caf\u00e9","big":1e+2,"more":{"ratio": 1.000 },"ext":{"v":"v7"}}""",
                """{"ext":{"v":"v8"}}""").Result);

    [Fact]
    public void A_member_named_twice_becomes_one_when_it_is_patched_and_stays_when_it_is_not()
    {
        Assert.Equal("""{"a":3,"b":1}""", Apply("""{"a":1,"b":1,"a":2}""", """{"a":3}""").Result);
        Assert.Equal("""{"b":1}""", Apply("""{"a":1,"b":1,"a":2}""", """{"a":null}""").Result);
        Assert.Equal("""{"a":1,"b":2,"a":2}""", Apply("""{"a":1,"b":1,"a":2}""", """{"b":2}""").Result);
    }

    [Fact]
    public void Names_are_compared_by_what_they_say()
        => Assert.Equal("""{"n\u0061me":2}""", Apply("""{"n\u0061me":1}""", """{"name":2}""").Result);

    [Fact]
    public void Only_what_is_different_is_a_change()
    {
        var (_, changes) = Apply(
            """{"type":"VIEW","price":1.0,"ext":{"a":1,"b":2},"old":"x"}""",
            """{"type":"VIEW","price":1.00,"ext":{"a":1,"b":3,"c":4},"old":null,"never":null}""");

        Assert.Equal(
            ["price: 1.0 > 1.00", "ext.b: 2 > 3", "ext.c:  > 4", "old: \"x\" > "],
            changes.Select(change => $"{string.Join('.', change.Path)}: {change.Before} > {change.After}"));
    }

    private static (string Result, IReadOnlyList<MergeChange> Changes) Apply(string target, string patch)
    {
        using var document = JsonDocument.Parse(target);
        using var patching = JsonDocument.Parse(patch);
        var (result, changes) = MergePatch.Apply(document.RootElement, patching.RootElement);
        return (result.ToString(), changes);
    }
}
