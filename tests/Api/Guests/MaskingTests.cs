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
    [InlineData("\"Niamh\"", "(text, 7 characters; not shown)")]
    [InlineData(
        """{"status":"ERROR","code":40001,"message":"Field 'pos' is required.","moreInfoUrl":"https://docs.example/40001"}""",
        """{"status":"ERROR","code":40001,"message":"Field 'pos' is required.","moreInfoUrl":"https://docs.example/40001"}""")]
    [InlineData("""["No such point of sale"]""", """["No such point of sale"]""")]
    [InlineData("""{"message":"Niamh Murphy is unknown"}""", """{"message":"Ni••• is unknown"}""")]
    [InlineData("""{"message":"niamh murphy is unknown"}""", """{"message":"Ni••• is unknown"}""")]
    [InlineData("""{"message":"No guest Murphy, ask Niamh"}""", """{"message":"No guest Mu•••, ask •••"}""")]
    [InlineData("""{"message":"Ada may adapt"}""", """{"message":"••• may adapt"}""")]
    [InlineData("""{"fields":[{"status":"C-4711 exists","at":353861234567}]}""", """{"fields":[{"status":"C-••• exists","at":"35•••"}]}""")]
    [InlineData("""{"message":"wrong: hunter2"}""", """{"message":"wrong: •••"}""")]
    [InlineData("""{"status":"no jo@harbourbikes.com","email":"other1"}""", """{"status":"no •••@h•••.com","email":"ot•••"}""")]
    [InlineData("""{"message":"no niamh.secretive@harbourbikes.com"}""", """{"message":"no n•••@h•••.com"}""")]
    [InlineData("""{"message":"card 4111 1111 1111 1111, zip 4111"}""", """{"message":"card •••, zip •••"}""")]
    [InlineData("""{"message":"ask Ada <ada@harbourbikes.com>"}""", """{"message":"ask A•••@h•••"}""")]
    public void An_answer_shows_the_upstreams_words_and_nothing_personal_that_it_was_sent(string? answer, string? masked)
    {
        var sent = """
            {"type":"IDENTITY","firstname":"Ada","ext":{"fullName":"Niamh Murphy","password":"hunter2","phone":353861234567,"lastName":"Secretive","zip":"4111",
            "contactName":"Ada <ada@harbourbikes.com>"},
            "identifiers":[{"provider":"CRM","id":"C-4711"}]}
            """u8.ToArray();

        Assert.Equal(masked, new AnswerMask(default, sent).Mask(answer));
    }
}
