namespace GuestSessions.Emulator.Http;

/// <summary>The success body of the Stream API.</summary>
internal sealed record Receipt(string Status, string Version, string ClientKey, string Ref)
{
    public string? CustomerRef { get; init; }

    /// <summary>The guest of a looked-up browser id.</summary>
    public CustomerReference? Customer { get; init; }
}

internal sealed record CustomerReference(string Ref);
