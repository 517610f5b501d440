namespace GuestSessions.Emulator;

/// <summary>A rule by which the emulated tenant identifies a guest.</summary>
public sealed class IdentityRule
{
    public required string Name { get; init; }

    /// <summary>Must equal the <c>provider</c> of an identifier exactly.</summary>
    public required string Provider { get; init; }
}
