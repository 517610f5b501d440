namespace GuestSessions.Core.Events;

/// <summary>One error or warning about an event.</summary>
/// <param name="Code">A stable code in snake_case, for example <c>unknown_point_of_sale</c>.</param>
/// <param name="Path">JSON Pointer into the envelope, for example <c>/event/pos</c>.</param>
/// <param name="Detail">What was expected and what came, in a sentence. Never repeats personal values.</param>
public sealed record Violation(string Code, string Path, string Detail);
