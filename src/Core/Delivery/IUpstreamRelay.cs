namespace GuestSessions.Core.Delivery;

/// <summary>
/// Forwards other calls of visitors' clients to the upstream and returns the answer unchanged. Nothing is stored,
/// retried or counted as delivery. Implemented by <c>src/StreamApi</c>.
/// </summary>
public interface IUpstreamRelay
{
    /// <summary>Looks up the upstream's guest for a browser id.</summary>
    Task<RelayedAnswer> ShowBrowserAsync(string tenant, string browserId, CancellationToken cancellation);

    /// <summary>Asks for a decision, in the form of the tenant's upstream.</summary>
    Task<RelayedAnswer> PersonalizeAsync(string tenant, PersonalizationCall call, CancellationToken cancellation);
}

/// <summary>A call for a decision.</summary>
/// <param name="Body">The JSON body as it goes upstream.</param>
/// <param name="SiteId">The site that the caller named, in the edge form.</param>
public sealed record PersonalizationCall(ReadOnlyMemory<byte> Body, string? SiteId)
{
    /// <summary>The visitor's <c>User-Agent</c> and address, if the tenant forwards them.</summary>
    public string? UserAgent { get; init; }

    public string? Address { get; init; }
}

/// <summary>What the upstream answered.</summary>
/// <param name="Status">Null when no answer came.</param>
/// <param name="Body">The answer's body.</param>
public sealed record RelayedAnswer(int? Status, ReadOnlyMemory<byte> Body);
