using GuestSessions.Api.Authentication;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Operations;
using GuestSessions.Api.Support;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Replay;

/// <summary>Delivers a guest's delivered events again, or shows what would be sent.</summary>
internal sealed class GuestReplays(
    TenantCatalog tenants, GuestGrains guests, IngestOptions limits, TimeProvider time)
{
    private const int BodyBytes = 4 * 1024;
    private const int MostPreviewed = 500;

    public async Task<IResult> PostAsync(string guest, HttpContext context)
    {
        var (act, refused) = await ActRequest.ReadAsync(
            context, BodyBytes, limits.JsonDepth, needsReason: false, ReplayRequest.Members);
        if (act is null)
            return refused!;
        var errors = new List<Violation>();
        var (range, isDry) = ReplayRequest.Read(act, errors);
        if (errors.Count > 0)
            return Refusals.Invalid(errors);
        if (!CallerIds.IsValid(guest))
            return Refusals.GuestNotFound();

        var tenant = tenants.Of(context).Name;
        return isDry ? await PreviewAsync(tenant, guest, range) : await BeginAsync(tenant, guest, range, act, context);
    }

    private async Task<IResult> PreviewAsync(string tenant, string guest, ReplayRange range) =>
        await guests.Replay(tenant, guest).PreviewAsync(range, MostPreviewed) is { } preview
            ? JsonAnswer.Ok(
                new ReplayPreviewBody(
                    [.. preview.Events.Select(static @event => new PreviewedBody(
                        @event.ReplayOf, @event.EventId, @event.Type, BodyMask.Mask(@event.Sent)))],
                    preview.Next)
                {
                    Warnings = ErrorBody.From([.. SecondOrders(preview)]),
                },
                ApiJson.Default.ReplayPreviewBody)
            : Refusals.GuestNotFound();

    private async Task<IResult> BeginAsync(
        string tenant, string guest, ReplayRange range, ActRequest act, HttpContext context)
    {
        var (id, wrongHeader) = OperationIds.Of(context, tenant, $"replay of {guest}", act, time);
        if (id is null)
            return wrongHeader!;
        if (!range.Orders && await guests.Replay(tenant, guest).HasOrdersAsync(range))
            return Refusals.Invalid([new Violation("orders_not_confirmed", "/confirm_orders",
                "Expected true: the range holds an ORDER_CHECKOUT, and the replay makes a second order of it.")]);
        var begun = await guests.Operation(tenant, id).ReplayAsync(
            guests.KeyOf(tenant, guest), range, new ActMessage(CallerClaims.NameOf(context.User), act.Reason));
        if (begun is null)
            return Refusals.GuestNotFound();
        context.Response.Headers.Location = $"/v1/operations/{id}";
        return JsonAnswer.Accepted(OperationBodies.From(begun), ApiJson.Default.OperationBody);
    }

    private static IEnumerable<Violation> SecondOrders(ReplayPreview preview) => preview.Events.Index()
        .Where(static at => at.Item.Type == EventTypes.OrderCheckout)
        .Select(static at => new Violation("second_order", $"/items/{at.Index}",
            "Sent again it makes a second order upstream. Running this replay takes confirm_orders."));
}
