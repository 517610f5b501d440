namespace GuestSessions.Emulator;

/// <summary>A rule of the emulated tenant that tells who a guest is.</summary>
public sealed class IdentityRule
{
    public required string Name { get; init; }

    /// <summary>Equals the <c>provider</c> of an identifier, letter by letter.</summary>
    public required string Provider { get; init; }
}
