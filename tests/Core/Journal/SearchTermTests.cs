using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Journal;

public sealed class SearchTermTests
{
    [Theory]
    [InlineData("5B0F3C1E-7A44-4D3E-9B1A-2F6C8D9E0A11")]
    [InlineData("{5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11}")]
    [InlineData("5b0f3c1e7a444d3e9b1a2f6c8d9e0a11 ")]
    public void A_browser_id_is_one_however_it_is_written(string written) => Assert.Equal(
        SearchTerm.BrowserId("5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11"), SearchTerm.BrowserId(written));

    [Fact]
    public void A_guest_whose_id_has_capitals_is_found_by_it_in_any_letters()
    {
        Assert.Equal([SearchTerm.Text("cust-42.a")], SearchTerms.Of([new GuestOpened("Cust-42.A", DateTimeOffset.UnixEpoch)]));
        Assert.Empty(SearchTerms.Of([new GuestOpened("cust-42.a", DateTimeOffset.UnixEpoch)]));
    }

    [Theory]
    [InlineData("A\u0308PFEL-1", "Äpfel-1")]
    [InlineData("re\u0301fe\u0301rence", "référence")]
    [InlineData("\u0049\u0307", "\u0130")]
    [InlineData("a\u0302\u0323", "\u1EAD")]
    [InlineData("\u00E2\u0323", "\u1EAD")]
    [InlineData("a\u0323\u0302", "\u1EAD")]
    [InlineData("x\u0308\u0308", "x\u0308\u0308")]
    [InlineData("\u0308a", "\u0308a")]
    [InlineData("u\u0308\u0301", "\u01D8")]
    [InlineData("u\u0301\u0308", "\u00FA\u0308")]
    [InlineData("\u0438\u0306", "\u0439")]
    [InlineData("\uD83D\uDEB2\u0301", "\uD83D\uDEB2\u0301")]
    public void A_letter_with_a_mark_is_one_however_it_is_encoded(string one, string other) =>
        Assert.Equal(SearchTerm.Text(other), SearchTerm.Text(one));
}
