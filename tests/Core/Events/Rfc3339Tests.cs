using GuestSessions.Core.Events;

namespace GuestSessions.Core.Tests.Events;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2026-11-23T10:15:30Z", "2026-11-23T10:15:30.0000000+00:00")]
    [InlineData("2026-11-23t10:15:30.12z", "2026-11-23T10:15:30.1200000+00:00")]
    [InlineData("2026-11-23T10:15:30.120+02:00", "2026-11-23T10:15:30.1200000+02:00")]
    [InlineData("2026-11-23T10:15:30.123456789-05:30", "2026-11-23T10:15:30.1234567-05:30")]
    [InlineData("2028-02-29T23:59:59.99999999999999999999Z", "2028-02-29T23:59:59.9999999+00:00")]
    public void Times_are_read(string text, string expected)
    {
        Assert.True(Rfc3339.TryParse(text, out var time));
        Assert.Equal(expected, $"{time:O}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-23")]
    [InlineData("2026-11-23T10:15Z")]
    [InlineData("2026-11-23T10:15:30")]
    [InlineData("2026-11-23T10:15:30.120")]
    [InlineData("2026-11-23 10:15:30Z")]
    [InlineData("2026-11-23T10:15:30.Z")]
    [InlineData("2026-11-23T10:15:30,1Z")]
    [InlineData("2026-11-23T10:15:30X")]
    [InlineData("2026-11-23T10:15:30+0200")]
    [InlineData("2026-11-23T10:15:30+02")]
    [InlineData("2026-11-23T10:15:30 02:00")]
    [InlineData("2026-11-23T10:15:30+15:00")]
    [InlineData("2026-11-23T10:15:30+02:00Z")]
    [InlineData("2026-11-23T10:15:30Z ")]
    [InlineData(" 2026-11-23T10:15:30Z")]
    [InlineData("2026-02-29T10:15:30Z")]
    [InlineData("2026-11-23T24:00:00Z")]
    [InlineData("2026-11-23T23:59:60Z")]
    [InlineData("26-11-23T10:15:30Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("٢٠٢٦-11-23T10:15:30Z")]
    public void A_text_that_is_no_RFC_3339_time_is_not_parsed(string text) => Assert.False(Rfc3339.TryParse(text, out _));
}
