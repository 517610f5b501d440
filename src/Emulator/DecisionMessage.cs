namespace GuestSessions.Emulator;

/// <summary>The members of a personalization call that the emulator reads, as both SDKs spell them.</summary>
internal sealed record DecisionMessage(string? ClientKey, string? BrowserId, string? FriendlyId)
{
    /// <summary>Reads a message; null if it is not a JSON object.</summary>
    public static DecisionMessage? Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonObject.TryParse(json);
        return document is null
            ? null
            : new DecisionMessage(
                document.RootElement.TextOf("clientKey"),
                document.RootElement.TextOf("browserId"),
                document.RootElement.TextOf("friendlyId"));
    }
}
