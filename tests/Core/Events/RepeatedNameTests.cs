using CsCheck;
using GuestSessions.Core.Events;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

/// <summary>Reading an envelope finds repeated names by its canonical form, and the strict parser by a search of its own.</summary>
public sealed class RepeatedNameTests
{
    private const int Depth = 16;

    // The same names in several letters of JSON, and names that begin alike.
    private static readonly Gen<string> Names = Gen.OneOf(
        "a", @"\u0061", "ab", "", "é", @"\u00e9", @"\n", @"\u000A", @"\u000b", "\\\"", @"\u0022", @"\\", @"\u005c", "/", @"\/",
        "guest", @"g\u0075est", "occurred_at", "event", "event_id", "😀", @"\ud83d\ude00");

    private static readonly Gen<string> Values = Gen.Recursive<string>(static (depth, value) => depth >= 3
        ? Gen.OneOf("1", "null", @"""a""", @"""\\\""""")
        : Gen.Frequency(
            (2, Gen.OneOf("true", "-1.50", @"""""", @"""a,}:{""")),
            (1, value.List[0, 3].Select(static items => $"[{string.Join(" ,", items)}]")),
            (3, Gen.Select(Names, value).List[0, 4].Select(ObjectOf))));

    private static readonly Gen<string> Objects = Gen.OneOf(
        Gen.Select(Names, Values).List[0, 5].Select(ObjectOf),
        Gen.Select(Gen.Int[0, 60].Select(static number => $"n{number}"), Values).List[0, 50].Select(ObjectOf));

    [Fact]
    public void A_name_is_repeated_exactly_where_the_strict_parser_says_so()
        => Gen.OneOf(Objects, Values).Sample(IsReadAsByTheStrictParser, iter: 2_000);

    // What the hash leaves out is looked for by itself.
    [Theory]
    [InlineData(@"{""guest"":""a"",""event"":{},""g\u0075est"":""a""}", true)]
    [InlineData(@"{""occurred_at"":null,""occurred_at"":null}", true)]
    [InlineData(@"{""guest"":""a"",""occurred_at"":null,""event"":{""guest"":1,""occurred_at"":1}}", false)]
    [InlineData(@"{""event"":{""guest"":1,""guest"":1}}", true)]
    [InlineData(@"[{""guest"":1},{""guest"":1,""guest"":2}]", true)]
    public void A_name_that_the_hash_leaves_out_is_found_too(string json, bool isRepeated)
    {
        IsReadAsByTheStrictParser(json);

        Assert.Equal(isRepeated, Reader.Read(Utf8(json)).Errors[0].Code == "malformed_json");
    }

    private static void IsReadAsByTheStrictParser(string json)
    {
        var (document, fault) = StrictJson.Parse(Utf8(json), Depth);
        using (document)
            Assert.Equal(fault, Reader.Read(Utf8(json)).Errors.FirstOrDefault(static error => error.Code == "malformed_json"));
    }

    private static string ObjectOf(List<(string Name, string Value)> members)
        => $"{{{string.Join(", ", members.Select(static member => $"\"{member.Name}\" :{member.Value}"))}}}";
}
