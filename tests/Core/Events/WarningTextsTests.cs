using GuestSessions.Core.Events;

namespace GuestSessions.Core.Tests.Events;

public sealed class WarningTextsTests
{
    public static TheoryData<string> Codes =>
        [.. EventCodes.Warnings.Append(EventCodes.OccurredAtDiffers).Append(EventCodes.SessionClosed).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_that_a_warning_can_have_says_what_it_means(string code)
        => Assert.NotEqual(WarningTexts.Unknown, WarningTexts.Of(code));

    [Fact]
    public void A_code_of_a_later_version_is_reported_all_the_same()
        => Assert.Equal(WarningTexts.Unknown, WarningTexts.Of("of_a_later_version"));
}
