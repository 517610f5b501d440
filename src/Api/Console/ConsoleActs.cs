using System.Text.Json;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Console.Pages;
using GuestSessions.Api.Delivery;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Ingest;
using GuestSessions.Api.Operations;
using GuestSessions.Api.Support;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Console;

/// <summary>What people do in the console. Each act is a form; its answer is a redirect to the page that shows the result.</summary>
internal sealed class ConsoleActs(
    EventActs events, GuestPauses pauses, GuestReads guests, BulkOperations operations, TenantPauses delivery,
    IngestOptions limits, TimeProvider time)
{
    private const string Reason = "reason";
    private const string Patch = "patch";
    private const string Key = "key";

    /// <summary>Which bulk act is planned.</summary>
    public const string Act = "act";

    public async Task<IResult> EventAsync(string guest, string id, string act, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var caller = Caller.Of(context);
        return act switch
        {
            "redrive" => await RedriveAsync(guest, id, form, context),
            "discard" => await ActAsync(
                context, form, [], request => events.DiscardAsync(guest, id, caller, request), _ => Event(guest, id, "discarded")),
            "resolve" => await ActAsync(
                context, form, [(EventActs.Outcome, form[EventActs.Outcome])], request => events.ResolveAsync(guest, id, caller, request),
                _ => Event(guest, id, "resolved")),
            _ => ConsolePages.Refused(context, Refusals.NotFound()),
        };
    }

    public async Task<IResult> GuestAsync(string guest, string act, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var caller = Caller.Of(context);
        return act switch
        {
            "pause" => await ActAsync(
                context, form, [], request => pauses.PauseAsync(guest, caller, request), body => Guest(body.Guest, "paused")),
            "resume" => await ActAsync(
                context, form, [], request => pauses.ResumeAsync(guest, caller, request), body => Guest(body.Guest, "resumed")),
            "flush" => await ActAsync(
                context, form, [], request => guests.FlushAsync(guest, caller, request), body => Guest(body.Guest, "flushed")),
            _ => ConsolePages.Refused(context, Refusals.NotFound()),
        };
    }

    public async Task<IResult> DeliveryAsync(string act, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var caller = Caller.Of(context);
        return act switch
        {
            "pause" => await ActAsync(context, form, [], request => delivery.PauseAsync(caller, request), _ => Health("paused")),
            "resume" => await ActAsync(context, form, [], request => delivery.ResumeAsync(caller, request), _ => Health("resumed")),
            _ => ConsolePages.Refused(context, Refusals.NotFound()),
        };
    }

    /// <summary>Shows what an act on a group would do, with the form that begins it.</summary>
    public async Task<IResult> PlanAsync(HttpContext context)
    {
        var filters = ConsoleQuery.Of(context, Act, BulkOperations.Type, BulkOperations.Code);
        if (KindOf(filters[Act] ?? BulkKind.Redrive.Name) is not { } kind)
            return ConsolePages.Refused(context, Refusals.NotFound());
        var (type, code) = (filters[BulkOperations.Type], filters[BulkOperations.Code]);
        var (act, refused) = ActRequest.Of("plan", (BulkOperations.Type, type), (BulkOperations.Code, code));
        return act is null
            ? ConsolePages.Refused(context, refused!)
            : ConsolePages.Page<Plan, PlanModel, BulkPlanBody>(
                context, await operations.PlanAsync(kind, Caller.Of(context), act),
                plan => new PlanModel(kind, plan, type, code, Recorder.NewEventId(time.GetUtcNow())));
    }

    public async Task<IResult> BulkAsync(string act, HttpContext context)
    {
        if (KindOf(act) is not { } kind)
            return ConsolePages.Refused(context, Refusals.NotFound());
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await ActAsync(
            context, form,
            [.. new[] { BulkOperations.Type, BulkOperations.Code, EventActs.Outcome }
                .Select(name => (name, (string?)form[name].ToString()))],
            request => operations.ActAsync(kind, Caller.Of(context), request, form[Key]),
            static operation => Operation(operation.Id, "begun"));
    }

    private static BulkKind? KindOf(string name) => BulkKind.All.FirstOrDefault(kind => kind.Name == name);

    public async Task<IResult> CancelAsync(string id, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await ActAsync(
            context, form, [], request => operations.CancelAsync(id, Caller.Of(context), request),
            static operation => Operation(operation.Id, operation.State));
    }

    private async Task<IResult> RedriveAsync(string guest, string id, IFormCollection form, HttpContext context)
    {
        var (act, refused) = ActRequest.Of(form[Reason]);
        if (act is null)
            return ConsolePages.Refused(context, refused!);
        if (form[Patch].ToString().Trim() is { Length: > 0 } patch)
        {
            var (document, fault) = StrictJson.Parse(System.Text.Encoding.UTF8.GetBytes(patch), limits.JsonDepth);
            if (document is null)
                return ConsolePages.Refused(context, Refusals.Invalid([fault! with { Path = $"/{Patch}{fault.Path}" }]));
            using (document)
                act = act with { Members = new Dictionary<string, JsonElement> { [Patch] = document.RootElement.Clone() } };
        }

        var answered = await events.RedriveAsync(guest, id, Caller.Of(context), act);
        return answered.Refused is { } why ? ConsolePages.Refused(context, why) : Event(guest, id, "redriven");
    }

    private static async Task<IResult> ActAsync<T>(
        HttpContext context, IFormCollection form, (string Name, string? Value)[] members,
        Func<ActRequest, Task<Answered<T>>> act, Func<T, IResult> show)
        where T : class
    {
        var (request, refused) = ActRequest.Of(form[Reason], members);
        if (request is null)
            return ConsolePages.Refused(context, refused!);
        var answered = await act(request);
        return answered.Value is { } value ? show(value) : ConsolePages.Refused(context, answered.Refused!);
    }

    private static IResult Event(string guest, string id, string done) => ConsoleEndpoints.See(
        $"{ConsoleEndpoints.Root}/guests/{Escape(guest)}?{ConsoleGuests.Open}={Escape(id)}&{ConsolePages.Done}={done}#open");

    private static IResult Guest(string guest, string done) => ConsoleEndpoints.See(
        $"{ConsoleEndpoints.Root}/guests/{Escape(guest)}?{ConsolePages.Done}={done}");

    private static IResult Operation(string id, string done) => ConsoleEndpoints.See(
        $"{ConsoleEndpoints.Root}/operations/{Escape(id)}?{ConsolePages.Done}={done}");

    private static IResult Health(string done) =>
        ConsoleEndpoints.See($"{ConsoleEndpoints.Root}/health?{ConsolePages.Done}={done}");

    private static string Escape(string part) => Uri.EscapeDataString(part);
}
