using GuestSessions.Api.Authentication;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Support;
using GuestSessions.Core.Events;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GuestSessions.Api.Privacy;

/// <summary>The file of an export or of an erasure, which can be taken once.</summary>
internal sealed class OperationFiles(GuestGrains grains, IngestOptions limits)
{
    public const string Zip = "application/zip";
    public const string Lines = "application/x-ndjson";

    private const int ActBytes = 4 * 1024;

    public async Task<IResult> TakeAsync(string id, HttpContext context)
    {
        var (act, refused) = await ActRequest.ReadAsync(context, ActBytes, limits.JsonDepth, needsReason: true);
        return act is null ? refused! : await TakeAsync(id, Caller.Of(context), act);
    }

    /// <summary>Answers with the file and deletes it. The audit has who took it, when and why.</summary>
    public async Task<IResult> TakeAsync(string id, Caller caller, ActRequest act)
    {
        if (!CallerIds.IsValid(id) || await grains.Operation(caller.Tenant, id).ReadAsync() is not { } operation)
            return Refusals.OperationNotFound();
        if (operation.EndedAt is null)
            return Refusals.FileNotReady();
        return await grains.Operation(caller.Tenant, id).TakeFileAsync(caller.Act(act.Reason)) is { } file
            ? new File(file, operation.Kind == OperationRecord.ExportKind ? (Zip, "guest.zip") : (Lines, "gdpr_delete.json"))
            : Refusals.FileGone();
    }

    private sealed class File(byte[] content, (string Type, string Name) kind) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => StatusCodes.Status200OK;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = kind.Type;
            response.ContentLength = content.Length;
            response.Headers[HeaderNames.CacheControl] = "no-store";
            response.Headers["Content-Disposition"] = $"attachment; filename=\"{kind.Name}\"";
            response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
            return response.Body.WriteAsync(content, httpContext.RequestAborted).AsTask();
        }
    }
}
