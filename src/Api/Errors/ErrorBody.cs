using GuestSessions.Core.Events;

namespace GuestSessions.Api.Errors;

/// <summary>One error or warning about a request.</summary>
/// <param name="Code">A stable code in snake_case.</param>
/// <param name="Path">
/// JSON Pointer into the envelope or the request body; <c>/name</c> for a query parameter.
/// </param>
/// <param name="Detail">What was expected and what was received.</param>
public sealed record ErrorBody(string Path, string Code, string Detail)
{
    public static ErrorBody From(Violation violation)
        => new(violation.Path, violation.Code, violation.Detail);

    /// <summary>
    /// The violations in their order; null when there are none, so that nothing is written.
    /// </summary>
    public static IReadOnlyList<ErrorBody>? From(IReadOnlyList<Violation> violations)
        => violations.Count == 0 ? null : [.. violations.Select(From)];
}
