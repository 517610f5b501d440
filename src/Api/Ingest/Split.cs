using GuestSessions.Api.Errors;
using GuestSessions.Core.Events;

namespace GuestSessions.Api.Ingest;

/// <summary>The envelopes of a body in their order, or why the body cannot be split.</summary>
internal readonly record struct Split(IReadOnlyList<ReadOnlyMemory<byte>> Envelopes, Refusal? Refused)
{
    public static Split Of(List<ReadOnlyMemory<byte>> envelopes, string path) => envelopes.Count == 0
        ? Invalid("no_events", path, "Expected at least one envelope.")
        : new Split(envelopes, null);

    public static Split Malformed(string detail) => new([], Refusals.MalformedJson(detail));

    public static Split Invalid(string code, string path, string detail)
        => new([], Refusals.Invalid([new Violation(code, path, detail)]));
}
