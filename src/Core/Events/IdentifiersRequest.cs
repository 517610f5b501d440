using GuestSessions.Core.Json;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Events;

/// <summary>A checked request to remember identifiers.</summary>
/// <param name="Identifiers">At least one, as the caller listed them.</param>
/// <param name="Profile">A JSON object of top-level IDENTITY attributes as received, or empty.</param>
public sealed record IdentifiersRequest(IReadOnlyList<Identifier> Identifiers, Utf8Json Profile);

/// <summary>The result of checking it. <see cref="Request"/> is null exactly when there are errors.</summary>
public sealed record IdentifiersCheck(IdentifiersRequest? Request, IReadOnlyList<Violation> Errors)
{
    /// <summary>Its warnings.</summary>
    public IReadOnlyList<Violation> Warnings { get; init; } = [];
}
