using System.Globalization;
using CsCheck;
using GuestSessions.Core.Events;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

/// <summary>A number that no receiver can hold is rejected wherever it stands.</summary>
public sealed class NumberTests
{
    public static TheoryData<string> TooLarge =>
        ["1e400", "-1e400", "1E+309", "1e99999999999999999999", "1e-400", "-1.5e-999", new string('9', 400), "1" + new string('0', 5000)];

    [Theory]
    [MemberData(nameof(TooLarge))]
    public void A_number_beyond_a_double_is_rejected(string number)
    {
        Rejected("VIEW", $$$""","ext":{"a":{{{number}}}}""", "/event/ext/a");
        Rejected("VIEW", $$$""","ext":{"a":[1,{{{number}}}]}""", "/event/ext/a/1");
        Rejected("VIEW", $$$""","session_data":{"a":{{{number}}}}""", "/event/session_data/a");
        Rejected("SADDLE_FITTED", $$$""","own":{{{number}}}""", "/event/own");
        Rejected("SADDLE_FITTED", $$$""","own":[{"deep":{{{number}}}}]""", "/event/own/0/deep");
        Rejected("SEARCH", $$$""","product_name":"a","product_type":"B","sc_search":{"data":{"n":{{{number}}}}}""", "/event/sc_search/data/n");
    }

    [Theory]
    [InlineData("1e308")]
    [InlineData("-1.7976931348623157e308")]
    [InlineData("5e-324")]
    [InlineData("0e400")]
    [InlineData("0.000")]
    [InlineData("-0")]
    [InlineData("12345678901234567890")]
    [InlineData("0.3333333333333333333333333333333333333333333333333333333333")]
    public void A_number_that_a_double_holds_is_accepted_as_written(string number)
        => Assert.Contains(number, Accepted(Json("VIEW", $$$""","ext":{"a":{{{number}}}}""")).Event.Body.ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_long_number_is_found_wherever_it_begins()
        => Gen.Select(Gen.Int[0, 400], Gen.Int[295, 330], Gen.OneOf("1", "-9", "0.", "-0.0")).Sample((before, digits, start) =>
        {
            var number = $"{start}{new string('0', digits - 1)}1";
            var value = double.Parse(number, CultureInfo.InvariantCulture);
            var isHeld = double.IsFinite(value) && value != 0;

            var check = Json("SADDLE_FITTED", $$$""","x":"{{{new string('x', before)}}}","own":{{{number}}}""");

            Assert.Equal(isHeld ? [] : ["/event/own"], check.Errors.Select(static error => error.Path));
        });

    private static void Rejected(string type, string more, string path)
        => Refused(Json(type, more), "invalid_value", path);

    private static EnvelopeCheck Json(string type, string more) => Read($$$"""
        {"event":{"type":"{{{type}}}","channel":"WEB","language":"EN","currency":"EUR","page":"p","pos":"harbourbikes/ie"{{{more}}}}}
        """);
}
