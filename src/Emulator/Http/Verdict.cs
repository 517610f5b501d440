using GuestSessions.Emulator.Arrivals;

namespace GuestSessions.Emulator.Http;

/// <summary>What the upstream decides about a request: its fate and the answer to give.</summary>
internal sealed record Verdict(Fate Fate, int Status, object Body, string? Reason = null)
{
    /// <summary>An error in the shape that the vendor's REST interfaces document.</summary>
    public static Verdict Error(int status, string reason, string message) =>
        new(Fate.Refused, status, ErrorBody.Of(status, message), reason);
}

/// <summary>The success body of the Stream API.</summary>
internal sealed record Receipt(string Status, string Version, string ClientKey, string Ref)
{
    public string? CustomerRef { get; init; }

    /// <summary>The guest of a looked-up browser id.</summary>
    public CustomerReference? Customer { get; init; }
}

internal sealed record CustomerReference(string Ref);
