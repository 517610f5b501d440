using GuestSessions.Client;
using GuestSessions.Shop;

var builder = WebApplication.CreateBuilder(args);
builder.Services.Configure<ShopOptions>(builder.Configuration.GetSection("Shop"));
var shop = builder.Configuration.GetSection("Shop").Get<ShopOptions>()!;
builder.Services.AddGuestSessions(options =>
{
    options.Address = shop.Sessions;
    options.ApiKey = shop.ApiKey;
});
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<Pages>();
builder.Services.AddSingleton<Journey>();
var app = builder.Build();

app.UseStaticFiles();
app.MapGet("/", (Pages pages) => pages.Home());
app.MapGet("/bikes/{id}", (string id, Pages pages) => Catalogue.Find(id) is { } bike ? pages.Of(bike) : Results.NotFound());
app.MapGet("/basket/{id}", (string id, Pages pages) => Catalogue.Find(id) is { } bike ? pages.Basket(bike) : Results.NotFound());
app.MapPost("/orders", async (HttpContext context, Pages pages, Journey journey) =>
{
    var form = await context.Request.ReadFormAsync();
    if (Catalogue.Find(form["bike"].ToString()) is not { } bike || form["email"].ToString() is not { Length: > 0 } email)
        return Results.BadRequest();

    var browserId = context.Request.Cookies["sc_cid"]; // Of the SDK.
    var guest = Customers.GuestIdOf(email);
    var number = journey.NewOrderNumber();
    await journey.SignInAsync(guest, browserId, email);
    await journey.OrderAsync(guest, browserId, bike, number);
    return pages.Thanks(number, guest);
});
app.Run();
