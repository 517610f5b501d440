namespace GuestSessions.Shop;

/// <summary>Where the shop sends what its visitors do.</summary>
internal sealed class ShopOptions
{
    /// <summary>The service: for the backend with a key, for the SDK in the pages as its edge.</summary>
    public required Uri Sessions { get; init; }

    /// <summary>Of the backend; pages never see it.</summary>
    public required string ApiKey { get; init; }

    /// <summary>Public: of the SDK.</summary>
    public required string ContextId { get; init; }

    /// <summary>The SDK's name for the shop.</summary>
    public required string Site { get; init; }

    /// <summary>The same in events of the backend.</summary>
    public required string PointOfSale { get; init; }
}
