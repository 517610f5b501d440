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
    public void A_body_is_masked_by_the_names_of_its_attributes(string body, string masked)
        => Assert.Equal(masked, BodyMask.Mask(Encoding.UTF8.GetBytes(body)).ToString());

    [Theory]
    [InlineData(null, null)]
    [InlineData("<html>oops</html>", "<html>oops</html>")]
    [InlineData("""{"email":"niamh@x.com"}""", """{"email":"n•••@•••.com"}""")]
    public void An_answer_is_masked_where_it_is_JSON(string? answer, string? masked)
        => Assert.Equal(masked, BodyMask.MaskAnswer(answer));
}
