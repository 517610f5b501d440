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

    /// <param name="check">Of a body of another shape.</param>
    public static Split Misshapen(EnvelopeCheck check) => check.Errors[0].Code == EventCodes.MalformedJson
        ? Malformed(check.Errors[0].Detail)
        : new([], Refusals.Invalid(check.Errors, check.Warnings));

    public static Split Invalid(string code, string path, string detail)
        => new([], Refusals.Invalid([new Violation(code, path, detail)]));
}
