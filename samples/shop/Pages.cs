using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace GuestSessions.Shop;

/// <summary>The pages. Each loads the SDK with what it may know.</summary>
internal sealed class Pages(IOptions<ShopOptions> options)
{
    public IResult Home() => Page("/", "Harbour Bikes", string.Concat(Catalogue.Bikes.Select(bike =>
        $"""<li><a href="/bikes/{bike.Id}">{bike.Name}</a> {Price(bike)}</li>""")), "ul");

    public IResult Of(Bike bike) => Page($"/bikes/{bike.Id}", bike.Name, $"""
        <p>{Price(bike)}</p>
        <p><a class="add" href="/basket/{bike.Id}" data-bike="{Encoded(Json(bike))}">Put it into the basket</a></p>
        """);

    public IResult Basket(Bike bike) => Page($"/basket/{bike.Id}", "Your basket", $"""
        <form method="post" action="/orders">
          <p>{bike.Name} {Price(bike)} <input type="hidden" name="bike" value="{bike.Id}"></p>
          <p><label>E-mail <input type="email" name="email" required></label> <button>Order and pay</button></p>
        </form>
        """);

    public IResult Thanks(string number, string guest) => Page("/thanks", "Thank you", $"""
        <p>Your order is <strong>{Encoded(number)}</strong>.</p>
        <p>For support, you are the guest <a href="{options.Value.Sessions}console/guests/{Encoded(guest)}">{Encoded(guest)}</a>.</p>
        """);

    private IResult Page(string path, string heading, string content, string element = "div")
    {
        var settings = Json(new
        {
            Url = options.Value.Sessions.GetLeftPart(UriPartial.Authority),
            options.Value.ContextId,
            options.Value.Site,
            Page = path,
        });
        return Results.Content($"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>{heading}</title>
            <script type="application/json" id="sessions">{settings}</script>
            <script src="/shop.js" defer></script>
            <h1>{heading}</h1>
            <{element}>{content}</{element}>
            <p><a href="/">All bikes</a></p>
            </html>
            """, "text/html; charset=utf-8");
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    private static string Price(Bike bike) => string.Create(CultureInfo.InvariantCulture, $"€{bike.Price:0.00}");

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
