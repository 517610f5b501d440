using GuestSessions.Core.Json;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Events;

/// <summary>
/// A behavioural event that passed validation: the caller's event object untouched, the members that defaults fill
/// in, and the facts the session core works with.
/// </summary>
public sealed record StreamEvent
{
    /// <summary>The Stream API type, for example <c>VIEW</c>.</summary>
    public required string Type { get; init; }

    /// <summary>
    /// The touchpoint after defaults; part of the upstream's session key. Empty for a FORM that names none.
    /// </summary>
    public required string Channel { get; init; }

    /// <summary>The point of sale after defaults.</summary>
    public required string PointOfSale { get; init; }

    public string? Page { get; init; }

    /// <summary>The browser id in the event; null means the guest's own.</summary>
    public string? BrowserId { get; init; }

    /// <summary>The event object exactly as received.</summary>
    public required Utf8Json Body { get; init; }

    /// <summary>A JSON object of the members that defaults add to <see cref="Body"/>; empty when none are added.</summary>
    public Utf8Json Defaults { get; init; }

    /// <summary>The identifiers of an IDENTITY event; empty for every other type.</summary>
    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    /// <summary>The order reference of a CHECKOUT or ORDER_CHECKOUT event, by which support finds the guest.</summary>
    public string? OrderReference { get; init; }

    /// <summary>The inactivity time-out of sessions at the point of sale.</summary>
    public required TimeSpan SessionTimeout { get; init; }

    /// <summary>The visitor's <c>User-Agent</c>, if it is to be forwarded.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The visitor's address, if it is to be forwarded.</summary>
    public string? Address { get; init; }

    /// <summary>Its warnings.</summary>
    public IReadOnlyList<EventWarning> Warnings { get; init; } = [];

    /// <summary>What the event counts against a guest's byte limits.</summary>
    public int Size => Body.Length + Defaults.Length;
}
