namespace GuestSessions.Emulator.Effects;

/// <summary>One finding about an event.</summary>
/// <param name="Effect">The effect that it alone gives the event; <see cref="Effect.Good"/> for a remark.</param>
/// <param name="Code">Stable, in snake_case.</param>
/// <param name="Path">A JSON Pointer into the event.</param>
/// <param name="Detail">A sentence for a developer.</param>
public sealed record Finding(Effect Effect, string Code, string Path, string Detail, Basis Basis);

/// <summary>The outcome of an event, from best to worst.</summary>
public enum Effect
{
    /// <summary>Processed as its sender intended.</summary>
    Good,

    /// <summary>Processed, but not as its sender intended.</summary>
    Misread,

    /// <summary>Answered as a success, and dropped silently.</summary>
    Swallowed,

    /// <summary>Answered with an error.</summary>
    Refused,
}

/// <summary>The evidence that the real upstream behaves like this.</summary>
public enum Basis
{
    /// <summary>The vendor documents it.</summary>
    Documented,

    /// <summary>Seen in traffic of the official SDKs, or reported by users.</summary>
    Observed,

    /// <summary>Inferred; the vendor does not document it.</summary>
    Inferred,
}
