using System.Text;
using GuestSessions.Api.Guests;

namespace GuestSessions.Api.Tests.Guests;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("niamh@harbourbikes.com", "n•••@h•••.com")]
    [InlineData("jo@mail.harbourbikes.ie", "•••@m•••.ie")]
    [InlineData("jo@x.ie", "•••@•••.ie")]
    [InlineData("niamh@localhost", "n•••@l•••")]
    [InlineData("HB-20417", "HB•••")]
    [InlineData("+353861234567", "+3•••")]
    [InlineData("123456", "12•••")]
    [InlineData("12345", "•••")]
    [InlineData("", "•••")]
    [InlineData("@", "•••")]
    [InlineData("a@", "•••")]
    [InlineData("🚲🚲🚲🚲🚲🚲🚲", "🚲🚲•••")]
    public void A_value_keeps_its_shape_and_no_more(string value, string masked)
        => Assert.Equal(masked, Masking.Mask(value));

    [Theory]
    [InlineData("""{"email":"niamh@x.com"}""", """{"email":"n•••@•••.com"}""")]
    [InlineData("""{"type":"VIEW","page":"/a","price":1.50,"n":null,"b":true}""", """{"type":"VIEW","page":"/a","price":1.50,"n":null,"b":true}""")]
    [InlineData("""{"street":["1 Quay Street","Top"],"city":"Galway"}""", """{"street":["1 •••","•••"],"city":"Ga•••"}""")]
    [InlineData("""{"phone":353861234567}""", """{"phone":"35•••"}""")]
    [InlineData("""{"ext":{"First_Name":"Niamh Murphy","size":"M"}}""", """{"ext":{"First_Name":"Ni•••","size":"M"}}""")]
    [InlineData("""{"contact":[{"title":"Ms","firstname":"Niamhy","passport_no":"P1234567"}]}""", """{"contact":[{"title":"Ms","firstname":"Ni•••","passport_no":"P1•••"}]}""")]
    [InlineData("""{"identifiers":[{"provider":"email","id":"a@b.ie","expiry_date":"2027"}]}""", """{"identifiers":[{"provider":"email","id":"•••@•••.ie","expiry_date":"2027"}]}""")]
    [InlineData("""{"address":{"line":{"one":"1 Quay Street"}}}""", """{"address":{"line":{"one":"1 •••"}}}""")]
    [InlineData("""{"product":[{"item_id":"TOUR2","name":"Tourer 2"}]}""", """{"product":[{"item_id":"TOUR2","name":"Tourer 2"}]}""")]
    [InlineData("""{"ext":{"customer_email":"x12345678","homePhone":"+353861234567","BillingAddress":"1 Quay St","customer_first_name":"Niamhy"}}""", """{"ext":{"customer_email":"x1•••","homePhone":"+3•••","BillingAddress":"1 •••","customer_first_name":"Ni•••"}}""")]
    [InlineData("""{"ext":{"e-mail":"x12345678","mailing_list":"spring","HTMLTitle":"Bicycles"}}""", """{"ext":{"e-mail":"x1•••","mailing_list":"spring","HTMLTitle":"Bicycles"}}""")]
    [InlineData("""{"name":"Tourer 2","ext":{"customer":{"name":"Niamhy","tier":"silver"}}}""", """{"name":"Tourer 2","ext":{"customer":{"name":"Ni•••","tier":"silver"}}}""")]
    public void A_body_is_masked_by_the_names_of_its_attributes(string body, string masked)
        => Assert.Equal(masked, BodyMask.Mask(Encoding.UTF8.GetBytes(body)).ToString());

    [Theory]
    [InlineData("""{"note":"call niamh@harbourbikes.com today"}""", """{"note":"call n•••@h•••.com today"}""")]
    [InlineData("""{"page":"/pay?user=niamh@harbourbikes.com&step=2"}""", """{"page":"/pay?user=n•••@h•••.com&step=2"}""")]
    [InlineData("""{"page":"/pay?user=niamh%2Btag%40harbourbikes.com#a"}""", """{"page":"/pay?user=n•••@h•••.com#a"}""")]
    [InlineData("""{"seen":["jo@x.ie","@handle","2 @ 5.00"]}""", """{"seen":["•••@•••.ie","@handle","2 @ 5.00"]}""")]
    [InlineData("""{"ext":{"niamh@harbourbikes.com":1}}""", """{"ext":{"n•••@h•••.com":1}}""")]
    public void An_e_mail_address_is_masked_wherever_it_stands(string body, string masked)
        => Assert.Equal(masked, BodyMask.Mask(Encoding.UTF8.GetBytes(body)).ToString());

    [Theory]
    [InlineData(null, null)]
    [InlineData("<p>niamh</p>", "(text, 12 characters; not shown)")]
    [InlineData("""{"status":"ERROR","message":"No guest Nia""", "(text, 41 characters; not shown)")]
    [InlineData("""["Niamh"]""", "(text, 9 characters; not shown)")]
    [InlineData(
        """{"status":"ERROR","code":40001,"ref":"r-1","version":"1.2","moreInfoUrl":"https://docs.example/40001"}""",
        """{"status":"ERROR","code":40001,"ref":"r-1","version":"1.2","moreInfoUrl":"https://docs.example/40001"}""")]
    [InlineData("""{"message":"Niamh Murphy is unknown"}""", """{"message":"Ni•••"}""")]
    [InlineData("""{"fields":[{"status":"Niamh Murphy","at":353861234567}]}""", """{"fields":[{"status":"Ni•••","at":"35•••"}]}""")]
    [InlineData("""{"status":{"of":"Niamh Murphy"}}""", """{"status":{"of":"Ni•••"}}""")]
    [InlineData("""{"status":"no niamh@harbourbikes.com"}""", """{"status":"no n•••@h•••.com"}""")]
    public void Of_an_answer_only_what_cannot_be_personal_is_shown(string? answer, string? masked)
        => Assert.Equal(masked, BodyMask.MaskAnswer(answer));
}
