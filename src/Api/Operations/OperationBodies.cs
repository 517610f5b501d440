using GuestSessions.Api.Guests;
using GuestSessions.Api.Privacy;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Operations;

/// <summary>Turns the answer of an operation's grain into a body for callers.</summary>
internal static class OperationBodies
{
    /// <param name="options">Of this host: what a certificate says about backups.</param>
    public static OperationBody From(OperationView operation, PrivacyOptions? options = null) => new(
        operation.Id,
        operation.Kind,
        StateOf(operation),
        new ProgressBody(DoneOf(operation), operation.Total),
        operation.StartedAt,
        operation.EndedAt,
        operation.EndedAt is null ? null : ResultOf(operation, options ?? new PrivacyOptions()))
    {
        Act = operation.Act is { } act ? GuestBodies.From(act) : null,
        Via = operation.Act?.Via,
        Cancelled = operation.Cancelled is { } cancelled ? GuestBodies.From(cancelled) : null,
        Type = TextMask.Mask(operation.Type),
        Code = operation.Code,
    };

    private static string StateOf(OperationView operation) =>
        operation.HasFailed ? "failed"
        : operation.EndedAt is null ? "running"
        : operation.Cancelled is null ? "completed" : "cancelled";

    private static long DoneOf(OperationView operation) => operation switch
    {
        { Certificate: { } certificate } => certificate.Guests + certificate.Skipped,
        { Export: { } export } => export.Events,
        _ => operation.Redriven + operation.Replayed + operation.Discarded + operation.Resolved + operation.Skipped
            + operation.Unknown,
    };

    private static OperationResult ResultOf(OperationView operation, PrivacyOptions options) => operation switch
    {
        { Certificate: { } certificate } => new OperationResult(certificate.Skipped)
        {
            Certificate = Certificates.From(certificate, operation.EndedAt, options),
        },
        { Export: { } export } => new OperationResult(0)
        {
            Export = new ExportBody(export.Events, export.Bytes, export.FileUntil)
            {
                FileTaken = export.FileTaken is { } taken ? GuestBodies.From(taken) : null,
            },
        },
        { Kind: OperationRecord.BulkDiscardKind } => BulkResultOf(operation) with { Discarded = operation.Discarded },
        { Kind: OperationRecord.BulkResolveKind } => BulkResultOf(operation) with { Resolved = operation.Resolved },
        { Kind: OperationRecord.ReplayKind } => new OperationResult(operation.Skipped) { Replayed = operation.Replayed },
        _ => BulkResultOf(operation) with { Redriven = operation.Redriven },
    };

    private static OperationResult BulkResultOf(OperationView operation) =>
        new(operation.Skipped) { Unknown = operation.Unknown == 0 ? null : operation.Unknown };

    /// <summary>Says where the progress of a started operation is.</summary>
    public static Answered<OperationBody> At(HttpContext context, Answered<OperationBody> started)
    {
        if (started.Value is { } operation)
            context.Response.Headers.Location = $"/v1/operations/{operation.Id}";
        return started;
    }
}
