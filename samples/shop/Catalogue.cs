namespace GuestSessions.Shop;

internal sealed record Bike(string Id, string Name, decimal Price);

/// <summary>What there is to buy.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Bike> Bikes { get; } =
    [
        new("TOUR2", "Tourer 2", 749.50m),
        new("CITY1", "City 1", 499.00m),
        new("CARGO", "Cargo", 2350.00m),
    ];

    public static Bike? Find(string id) => Bikes.FirstOrDefault(bike => bike.Id == id);
}
