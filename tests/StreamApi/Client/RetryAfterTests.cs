using GuestSessions.StreamApi.Wire;

namespace GuestSessions.StreamApi.Tests.Client;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("2", 2)]
    [InlineData(" 120 ", 120)]
    [InlineData("900", 900)]
    [InlineData("901", 900)]
    [InlineData("99999999999999999999999999", 900)]
    public void Seconds_are_honoured_up_to_15_minutes(string value, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse(value, Now));

    [Theory]
    [InlineData("Mon, 23 Nov 2026 10:00:30 GMT", 30)]
    [InlineData("Monday, 23-Nov-26 10:00:30 GMT", 30)]
    [InlineData("Mon Nov 23 10:00:30 2026", 30)]
    [InlineData("Mon, 23 Nov 2026 09:00:00 GMT", 0)]
    [InlineData("Wed, 23 Nov 2033 10:00:00 GMT", 900)]
    public void Dates_are_honoured_as_a_delay_up_to_15_minutes(string value, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse(value, Now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("soon")]
    [InlineData("2026-11-23T10:00:30Z")]
    public void What_makes_no_sense_is_no_wish(string? value) => Assert.Null(RetryAfter.Parse(value, Now));
}
