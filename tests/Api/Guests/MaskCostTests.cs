using System.Diagnostics;
using GuestSessions.Api.Guests;

namespace GuestSessions.Api.Tests.Guests;

/// <summary>A stranger's text may be made to be slow to read.</summary>
public sealed class MaskCostTests
{
    [Theory]
    [InlineData("%25")]
    [InlineData("%2525")]
    [InlineData("%40")]
    [InlineData("%")]
    [InlineData("%u0040")]
    [InlineData("&amp;")]
    [InlineData("&amp;amp;#64;")]
    [InlineData("&#0")]
    [InlineData("\\")]
    [InlineData("\\u0040")]
    [InlineData("a.")]
    [InlineData("a@")]
    [InlineData("a")]
    [InlineData("@")]
    [InlineData("a=")]
    [InlineData("email=")]
    [InlineData("email=a&")]
    [InlineData("a:[")]
    [InlineData("\"email\":[")]
    [InlineData("\"email\":\"")]
    [InlineData("\"email\":\"\\")]
    [InlineData("{\"a\":")]
    [InlineData("[")]
    [InlineData("<a>")]
    [InlineData("<email ")]
    [InlineData("<email>a")]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData("1 ")]
    [InlineData("4 1 ")]
    [InlineData("4111-")]
    [InlineData("+1")]
    [InlineData("+1 ")]
    [InlineData("(1) ")]
    [InlineData("DE12")]
    [InlineData("DE12 ")]
    [InlineData("1.2.")]
    [InlineData("1:")]
    [InlineData("fe80:")]
    [InlineData(":")]
    [InlineData("a-")]
    [InlineData("A")]
    [InlineData("eyJ")]
    [InlineData("eyJ.")]
    [InlineData("a_")]
    [InlineData(" ")]
    [InlineData("bearer ")]
    [InlineData("//a:b@")]
    [InlineData("http://a")]
    [InlineData("\u200B")]
    [InlineData("\u0660")]
    [InlineData("a%40")]
    [InlineData("1%20")]
    [InlineData("a1B2")]
    public void A_long_text_is_read_in_a_time_that_a_square_of_its_length_would_exceed(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 300_000 / piece.Length)) + "!";
        var watch = Stopwatch.StartNew();

        TextMask.Mask(text);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }
}
