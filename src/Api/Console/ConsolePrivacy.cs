using GuestSessions.Api.Authentication;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Ingest;
using GuestSessions.Api.Operations;
using GuestSessions.Api.Privacy;
using GuestSessions.Api.Support;
using GuestSessions.Core.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace GuestSessions.Api.Console;

/// <summary>Erasure, export and consent in the console. A guest id is in a form and in no address.</summary>
internal sealed class ConsolePrivacy(
    GuestErasures erasures, GuestConsents consents, OperationFiles files, EventActs events, BulkOperations operations,
    TimeProvider time)
{
    private const string GuestField = "guest";
    private const string Reason = "reason";
    private const string Latest = "100";

    public async Task<IResult> PageAsync(HttpContext context) =>
        ConsolePages.Page<Pages.Privacy, PrivacyModel, ItemList<OperationBody>>(
            context,
            await operations.ListAsync(
                Caller.Of(context), new QueryCollection(new Dictionary<string, StringValues> { ["limit"] = Latest })),
            page => new PrivacyModel(
                [.. page.Items.Where(static operation => operation.Kind is OperationRecord.ErasureKind or OperationRecord.ExportKind)],
                Recorder.NewEventId(time.GetUtcNow())));

    public async Task<IResult> ActAsync(string act, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var caller = Caller.Of(context);
        var guest = form[GuestField].ToString().Trim();
        var (request, refused) = ActRequest.Of(form[Reason], (GuestConsents.Consent, act == "consent" ? form["consent"] : default));
        if (request is null)
            return ConsolePages.Refused(context, refused!);
        return act switch
        {
            "erase" => Operation(context, await erasures.EraseAsync(guest, caller, request, form["key"])),
            "export" => Operation(context, await erasures.ExportAsync(guest, caller, request, key: default)),
            "lift" => Done(context, (await erasures.LiftAsync(guest, caller, request)).Refused, "lifted"),
            "consent" => Done(context, (await consents.PutAsync(guest, caller, request)).Refused, "consent"),
            _ => ConsolePages.Refused(context, Refusals.NotFound()),
        };
    }

    public async Task<IResult> BlankAsync(string guest, string id, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (request, refused) = ActRequest.Of(form[Reason]);
        if (request is null)
            return ConsolePages.Refused(context, refused!);
        var answered = await events.BlankAsync(guest, id, Caller.Of(context), request);
        return answered.Refused is { } why
            ? ConsolePages.Refused(context, why)
            : ConsoleEndpoints.See(
                $"{ConsoleEndpoints.Root}/guests/{Uri.EscapeDataString(guest)}?{ConsoleGuests.Open}={Uri.EscapeDataString(id)}&{ConsolePages.Done}=blanked#open");
    }

    /// <summary>The one act whose answer is no page: the browser saves the file.</summary>
    public async Task<IResult> TakeFileAsync(string id, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (request, refused) = ActRequest.Of(form[Reason]);
        if (request is null)
            return ConsolePages.Refused(context, refused!);
        var answer = await files.TakeAsync(id, Caller.Of(context), request);
        return answer is Refusal why ? ConsolePages.Refused(context, why) : answer;
    }

    public async Task<IResult> RecordDoneUpstreamAsync(string id, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (request, refused) = ActRequest.Of(form[Reason]);
        return request is null
            ? ConsolePages.Refused(context, refused!)
            : Operation(context, await erasures.RecordDoneUpstreamAsync(id, Caller.Of(context), request));
    }

    private static IResult Operation(HttpContext context, Answered<OperationBody> answered) => answered.Value is { } operation
        ? ConsoleEndpoints.See(
            $"{ConsoleEndpoints.Root}/operations/{Uri.EscapeDataString(operation.Id)}{(operation.EndedAt is null ? $"?{ConsolePages.Done}=begun" : "")}")
        : ConsolePages.Refused(context, answered.Refused!);

    private static IResult Done(HttpContext context, Refusal? refused, string done) => refused is null
        ? ConsoleEndpoints.See($"{ConsoleEndpoints.Root}/privacy?{ConsolePages.Done}={done}")
        : ConsolePages.Refused(context, refused);
}
