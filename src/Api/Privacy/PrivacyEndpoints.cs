using GuestSessions.Api.Authentication;
using GuestSessions.Api.Guests;
using GuestSessions.Api.OpenApi;
using GuestSessions.Api.Operations;
using GuestSessions.Api.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Api.Privacy;

/// <summary>Erasure, blanking, consent and export.</summary>
internal static class PrivacyEndpoints
{
    private const string Tag = "Privacy";

    public static void AddPrivacy(this IServiceCollection services)
    {
        services.AddSingleton<GuestErasures>();
        services.AddSingleton<GuestConsents>();
        services.AddSingleton<OperationFiles>();
    }

    public static void MapPrivacy(this IEndpointRouteBuilder api)
    {
        api.MapDelete("/v1/guests/{guest}",
                (string guest, HttpContext context, [FromServices] GuestErasures erasures) => erasures.EraseAsync(guest, context))
            .RequireScope(Scopes.Admin)
            .WithTags(Tag)
            .WithName("EraseGuest")
            .WithSummary("Erases a guest and the browsers it was named for. See Location for the certificate.")
            .Takes<ReasonBody>(JsonAnswer.ContentType)
            .TakesHeader(OperationIds.Header, OperationIds.Description)
            .Answers<OperationBody>(StatusCodes.Status202Accepted)
            .Refuses(404, 408, 409, 410, 413, 415, 422);

        api.MapPost("/v1/erasures",
                (HttpContext context, [FromServices] GuestErasures erasures) => erasures.EraseManyAsync(context))
            .RequireScope(Scopes.Admin)
            .WithTags(Tag)
            .WithName("EraseGuests")
            .WithSummary("Erases up to 5,000 guests in one operation, with an item for each.")
            .Takes<ErasuresBody>(JsonAnswer.ContentType)
            .TakesHeader(OperationIds.Header, OperationIds.Description)
            .Answers<OperationBody>(StatusCodes.Status202Accepted)
            .Refuses(408, 409, 413, 415, 422);

        api.MapPost("/v1/guests/{guest}/erasure/lift",
                (string guest, HttpContext context, [FromServices] GuestErasures erasures) => erasures.LiftAsync(guest, context))
            .RequireScope(Scopes.Admin)
            .WithTags(Tag)
            .WithName("LiftErasure")
            .WithSummary("Lets an erased guest start anew. What was erased does not come back.")
            .Takes<ReasonBody>(JsonAnswer.ContentType)
            .Answers<LiftedBody>(StatusCodes.Status200OK)
            .Refuses(404, 408, 409, 413, 415, 422);

        api.MapPost("/v1/guests/{guest}/events/{event_id}/blank",
                (string guest, [FromRoute(Name = "event_id")] string eventId, HttpContext context,
                    [FromServices] EventActs acts) => acts.BlankAsync(guest, eventId, context))
            .RequireScope(Scopes.Admin)
            .WithTags(Tag)
            .WithName("BlankEvent")
            .WithSummary("Erases the body of one event. An event that was not delivered is dropped.")
            .Takes<ReasonBody>(JsonAnswer.ContentType)
            .Answers<EventBody>(StatusCodes.Status200OK)
            .Refuses(404, 408, 409, 410, 413, 415, 422);

        api.MapPut("/v1/guests/{guest}/consent",
                (string guest, HttpContext context, [FromServices] GuestConsents consents) => consents.PutAsync(guest, context))
            .RequireScope(Scopes.Ingest)
            .WithTags(Tag)
            .WithName("ChangeConsent")
            .WithSummary("Denies or grants the guest's consent. While it is denied, events are dropped with a receipt.")
            .Takes<ConsentRequestBody>(JsonAnswer.ContentType)
            .Answers<ConsentBody>(StatusCodes.Status200OK)
            .Refuses(408, 410, 413, 415, 422);

        api.MapPost("/v1/guests/{guest}/export",
                (string guest, HttpContext context, [FromServices] GuestErasures erasures) => erasures.ExportAsync(guest, context))
            .RequireScope(Scopes.Admin)
            .WithTags(Tag)
            .WithName("ExportGuest")
            .WithSummary("Exports everything that is held about a guest, unmasked, as a ZIP that can be taken once.")
            .Takes<ReasonBody>(JsonAnswer.ContentType)
            .TakesHeader(OperationIds.Header, OperationIds.Description)
            .Answers<OperationBody>(StatusCodes.Status202Accepted)
            .Refuses(404, 408, 409, 410, 413, 415, 422);

        api.MapPost("/v1/operations/{id}/file",
                (string id, HttpContext context, [FromServices] OperationFiles files) => files.TakeAsync(id, context))
            .RequireScope(Scopes.Admin)
            .WithTags(Tag)
            .WithName("TakeOperationFile")
            .WithSummary("The ZIP of an export, or an erasure's file for the upstream's Batch API. It is deleted with this call.")
            .Takes<ReasonBody>(JsonAnswer.ContentType)
            .Answers<byte[]>(StatusCodes.Status200OK, OperationFiles.Zip, OperationFiles.Lines)
            .Refuses(404, 408, 409, 410, 413, 415, 422);

        api.MapPost("/v1/operations/{id}/done-upstream",
                (string id, HttpContext context, [FromServices] GuestErasures erasures)
                    => erasures.RecordDoneUpstreamAsync(id, context))
            .RequireScope(Scopes.Admin)
            .WithTags(Tag)
            .WithName("RecordDoneUpstream")
            .WithSummary("Records on the certificate that the upstream has deleted the guests, too.")
            .Takes<ReasonBody>(JsonAnswer.ContentType)
            .Answers<OperationBody>(StatusCodes.Status200OK)
            .Refuses(404, 408, 413, 415, 422);
    }
}
