using GuestSessions.Core.Events;

namespace GuestSessions.Core.Sessions;

/// <summary>A warning that an event got when it was accepted. It contains no value of the event.</summary>
/// <param name="Code">A stable code in snake_case.</param>
/// <param name="Path">JSON Pointer into the envelope.</param>
public sealed record EventWarning(string Code, string Path)
{
    /// <summary>Maximum number of warnings kept with one event.</summary>
    public const int Most = 20;

    public static IReadOnlyList<EventWarning> Of(IReadOnlyList<Violation> found) =>
        found.Count == 0 ? [] : [.. found.Take(Most).Select(static known => new EventWarning(known.Code, known.Path))];

    /// <summary>Those of two checks together; null when there are none, so that nothing is stored.</summary>
    public static IReadOnlyList<EventWarning>? Join(IReadOnlyList<EventWarning> first, IReadOnlyList<Violation> second) =>
        first.Count + second.Count == 0 ? null : [.. first.Concat(Of(second)).Distinct().Take(Most)];

    /// <summary>One line per warning, for the lists of the store; empty if there are none.</summary>
    public static string Write(IReadOnlyList<EventWarning>? warnings) => warnings is null or []
        ? ""
        : string.Concat(warnings.Select(static warning => $"\n{warning.Code} {warning.Path.ReplaceLineEndings(" ")}")) + "\n";

    public static IReadOnlyList<EventWarning> Read(string text) => text.Length == 0
        ? []
        : [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ', 2))
            .Select(static parts => new EventWarning(parts[0], parts[1]))];

    /// <summary>Whether warnings match a filter.</summary>
    /// <param name="filter">A code, <see cref="Any"/>, or null for no filter.</param>
    public static bool Matches(IReadOnlyList<EventWarning>? warnings, string? filter) => filter is null
        || (filter == Any ? warnings?.Count > 0 : warnings?.Any(warning => warning.Code == filter) is true);

    /// <summary>The filter for events with any warning.</summary>
    public const string Any = "any";
}
