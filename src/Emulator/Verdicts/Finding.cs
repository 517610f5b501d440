namespace GuestSessions.Emulator.Verdicts;

/// <summary>One thing that is to be said about an event.</summary>
/// <param name="Verdict">What it alone makes of the event; <see cref="Verdict.Good"/> is a remark.</param>
/// <param name="Code">Stable, in snake_case.</param>
/// <param name="Path">A JSON Pointer into the event.</param>
/// <param name="Detail">A sentence for a developer.</param>
public sealed record Finding(Verdict Verdict, string Code, string Path, string Detail, Basis Basis);

/// <summary>What became of an event, from best to worst.</summary>
public enum Verdict
{
    /// <summary>Counts as it was meant.</summary>
    Good,

    /// <summary>Counts, but not for what its sender thinks.</summary>
    Misread,

    /// <summary>Answered as a success, and never seen again.</summary>
    Swallowed,

    /// <summary>Answered with an error.</summary>
    Refused,
}

/// <summary>How sure it is that the real upstream does so.</summary>
public enum Basis
{
    /// <summary>The vendor says so.</summary>
    Documented,

    /// <summary>Seen in what the official SDKs send, or told by those who use it.</summary>
    Observed,

    /// <summary>Concluded; the vendor is silent.</summary>
    Inferred,
}
