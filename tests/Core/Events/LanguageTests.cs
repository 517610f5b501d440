using System.Text.Json.Nodes;
using GuestSessions.Core.Events.Rules;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

/// <summary>The vendor's own starter kits send locales, and the upstream takes an event without a language.</summary>
public sealed class LanguageTests
{
    [Theory]
    [InlineData("fr-CA", "FR")]
    [InlineData("en-US", "EN")]
    [InlineData("en-us", "EN")]
    [InlineData("zh-Hans", "ZH")]
    [InlineData("zh-Hans-CN", "ZH")]
    [InlineData("pt_BR", "PT")]
    [InlineData("de-CH-1996", "DE")]
    [InlineData("en_IE.UTF-8", "EN")]
    [InlineData("de_DE@euro", "DE")]
    [InlineData("es-419", "ES")]
    [InlineData("en", "EN")]
    [InlineData(" EN\u00A0", "EN")]
    [InlineData("\u200Bfr-CA", "FR")]
    public void A_locale_is_sent_as_its_language(string language, string sent)
    {
        var check = ReadWith("language", JsonValue.Create(language).ToJsonString());

        Assert.Equal($$"""{"/language":"{{sent}}"}""", Accepted(check).Event.Defaults.ToString());
        var warning = Assert.Single(check.Warnings);
        Assert.Equal(("normalised", "/event/language"), (warning.Code, warning.Path));
    }

    [Theory]
    [InlineData("fil-PH")]
    [InlineData("fil")]
    [InlineData("ENG")]
    [InlineData("x-pirate")]
    [InlineData("i-klingon")]
    [InlineData("English")]
    [InlineData("en-US,en;q=0.9")]
    [InlineData("en-")]
    [InlineData("E1")]
    [InlineData("ÉN")]
    [InlineData("C")]
    [InlineData("")]
    public void Anything_else_is_sent_unchanged_with_a_warning(string language)
    {
        var check = ReadWith("language", JsonValue.Create(language).ToJsonString());

        Assert.True(Accepted(check).Event.Defaults.IsEmpty);
        var warning = Assert.Single(check.Warnings);
        Assert.Equal(("doubtful_value", "/event/language"), (warning.Code, warning.Path));
    }

    [Fact]
    public void A_default_is_spelled_by_the_same_form()
    {
        Assert.Equal("FR", AttributeRules.Language.Form!.Corrected("fr-CA"));
        Assert.Null(AttributeRules.Language.Form.Corrected("FR"));
        Assert.Null(AttributeRules.Language.Form.Corrected("fil-PH"));
    }
}
