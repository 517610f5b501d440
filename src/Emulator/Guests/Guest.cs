using System.Collections.Immutable;

namespace GuestSessions.Emulator.Guests;

/// <summary>A profile as the upstream keeps it.</summary>
public sealed record Guest
{
    /// <summary>The <c>customer_ref</c> that was issued with its first browser id.</summary>
    public required Guid Ref { get; init; }

    public GuestType Type { get; init; }

    /// <summary>Browser ids that belong to it now; a retired profile has none left.</summary>
    public IReadOnlyList<string> BrowserIds { get; init; } = ImmutableList<string>.Empty;

    /// <summary>Those that match rules of the tenant; others are not kept.</summary>
    public IReadOnlyList<GuestIdentifier> Identifiers { get; init; } = ImmutableList<GuestIdentifier>.Empty;

    /// <summary>The profile that took over its browser.</summary>
    public Guid? RetiredFor { get; init; }

    public required DateTimeOffset FirstSeenAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; init; }
}

public sealed record GuestIdentifier(string Provider, string Id);

public enum GuestType
{
    /// <summary>Not identified.</summary>
    Visitor,

    /// <summary>An identity rule identified it.</summary>
    Customer,

    /// <summary>It was identified as another profile, which now has its browser.</summary>
    Retired,
}
