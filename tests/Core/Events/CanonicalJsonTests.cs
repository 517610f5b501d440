using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using GuestSessions.Core.Events;

namespace GuestSessions.Core.Tests.Events;

public sealed class CanonicalJsonTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[Gen.Char.AlphaNumeric, 0, 6], Gen.String[Gen.Char[' ', 'ÿ'], 0, 4],
        Gen.OneOf("", "\"", "\\", "/", "\b\f\n\r\t", "\u0001", "é", "😀", "\u2028", "event", "guest"));

    private static readonly Gen<string> Numbers = Gen.OneOf(
        Gen.Int.Select(number => $"{number}"), Gen.OneOf("0", "-0", "1.0", "1.00", "1e2", "100", "1E+2"));

    private static readonly Gen<JsonNode?> Values = Gen.Recursive<JsonNode?>((depth, value) => depth >= 3
        ? Scalars
        : Gen.Frequency(
            (3, Scalars),
            (1, value.List[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(Clone)]))),
            (2, Gen.Dictionary(Texts, value)[0, 4].Select(members => (JsonNode?)ObjectOf(members)))));

    private static readonly Gen<JsonObject> Objects =
        Gen.Dictionary(Texts, Values)[0, 5].Select(ObjectOf);

    // More members than are sorted by insertion.
    private static readonly Gen<JsonObject> LargeObjects =
        Gen.OneOf(Objects, Gen.Dictionary(Texts, Values)[0, 60].Select(ObjectOf));

    private static Gen<JsonNode?> Scalars => Gen.OneOf(
        Texts.Select(text => (JsonNode?)JsonValue.Create(text)),
        Numbers.Select(number => JsonNode.Parse(number)),
        Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag)),
        Gen.Const((JsonNode?)null));

    [Fact]
    public void Member_order_white_space_and_escapes_do_not_matter()
        => Gen.Select(Objects, Gen.Int).Sample((value, seed) =>
            HashOf(value.ToJsonString()) == HashOf(Rewritten.From(value, seed)));

    [Fact]
    public void The_hash_is_that_of_the_form_as_it_is_described()
        => Gen.Select(LargeObjects, Gen.Int).Sample((value, seed) =>
            HashOf(Rewritten.From(value, seed)) == ContentHash.Of(CanonicalReference.Of(value)));

    [Fact]
    public void Different_values_have_different_hashes()
        => Gen.Select(Objects, Objects).Sample((one, other) =>
            (HashOf(one.ToJsonString()) == HashOf(other.ToJsonString())) == SameAsWritten(one, other));

    [Fact]
    public void Changing_any_one_value_changes_the_hash()
        => Gen.Select(Objects, Gen.Int[0, 1000]).Sample((value, pick) =>
        {
            var before = HashOf(value.ToJsonString());
            var leaves = Leaves(value).ToList();
            if (leaves.Count == 0)
                return true;
            leaves[pick % leaves.Count].ReplaceWith(JsonValue.Create("no generator makes this"));
            return HashOf(value.ToJsonString()) != before;
        });

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1.0}""")]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""{"a":null}""", "{}")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":[1,[2]]}""", """{"a":[[1],2]}""")]
    [InlineData("""{"a":"b\",\"c\":\"d"}""", """{"a":"b","c":"d"}""")]
    [InlineData("""{"a":"A"}""", """{"a":"a"}""")]
    [InlineData("""{"a":{"guest":"x"}}""", """{"a":{"guest":"y"}}""")]
    public void Different_contents_differ(string one, string other)
        => Assert.NotEqual(HashOf(one), HashOf(other));

    [Theory]
    [InlineData("""{"a":"A","b":1}""", """ { "b" : 1 , "\u0061" : "\u0041" } """)]
    [InlineData("""{"a":"/"}""", """{"a":"\/"}""")]
    [InlineData("""{"a":"\n"}""", """{"a":"\u000a"}""")]
    [InlineData("""{"a":"\u001F"}""", """{"a":"\u001f"}""")]
    [InlineData("""{"a":"😀"}""", """{"a":"\uD83D\ude00"}""")]
    [InlineData("""{"guest":"x","a":1}""", """{"a":1}""")]
    [InlineData("""{"\u0067uest":"x","a":1}""", """{"guest":"y","a":1}""")]
    public void The_same_content_written_differently_is_the_same(string one, string other)
        => Assert.Equal(HashOf(one), HashOf(other));

    [Fact]
    public void The_form_is_frozen_because_hashes_are_stored()
    {
        const string envelope = """
            {"guest":"cust-42","event_id":"b3f1",
             "event":{"type":"VIEW","page":"\u0041\n\"é\u0001","ext":{"b":1.0,"a":[true,null,-2e5]}}}
            """;

        // SHA-256 of
        // {"event":{"ext":{"a":[true,null,-2e5],"b":1.0},"page":"A\n\"é\u0001","type":"VIEW"},"event_id":"b3f1"}
        Assert.Equal("d43a0c33bd77b922147bef3bbabec586", HashOf(envelope).ToString());
    }

    private static ContentHash HashOf(string json)
    {
        var (document, _) = StrictJson.Parse(Encoding.UTF8.GetBytes(json), 64);
        using (document)
            return CanonicalJson.HashOf(document!.RootElement);
    }

    private static JsonObject ObjectOf(Dictionary<string, JsonNode?> members)
        => new(members.Select(member => KeyValuePair.Create(member.Key, Clone(member.Value))));

    private static JsonNode? Clone(JsonNode? node) => node?.DeepClone();

    private static IEnumerable<JsonNode> Leaves(JsonNode? node) => node switch
    {
        // The guest of the envelope is the one member that is left out.
        JsonObject members => members.Where(member => member.Key != "guest")
            .SelectMany(member => Leaves(member.Value)),
        JsonArray items => items.SelectMany(Leaves),
        null => [],
        _ => [node],
    };

    private static bool SameAsWritten(JsonObject one, JsonObject other)
        => Ordered(Without(one)).ToJsonString() == Ordered(Without(other)).ToJsonString();

    private static JsonObject Without(JsonObject value)
    {
        var copy = (JsonObject)value.DeepClone();
        copy.Remove("guest");
        return copy;
    }

    private static JsonNode? OrderedOrNull(JsonNode? node) => node is null ? null : Ordered(node);

    private static JsonNode Ordered(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, OrderedOrNull(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(OrderedOrNull)]),
        _ => node.DeepClone(),
    };
}
