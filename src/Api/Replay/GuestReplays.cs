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
    TenantCatalog tenants, GuestGrains guests, LinkedGuests links, MissingGuests missing, IngestOptions limits, TimeProvider time)
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
        var line = ReplayRequest.LineOf(act, errors);
        if (errors.Count > 0)
            return Refusals.Invalid(errors);
        if (!CallerIds.IsValid(guest))
            return Refusals.GuestNotFound(guest);

        var tenant = tenants.Of(context).Name;
        if (await LinesAsync(tenant, guest, line, ReplayRequest.NamesSequences(act)) is not { } lines)
            return await missing.RefuseAsync(tenant, guest);
        return isDry
            ? await PreviewAsync(tenant, lines, range)
            : await BeginAsync(tenant, guest, lines, range, act, context);
    }

    /// <summary>
    /// The lines that a replay covers: the named line; the guest's own line for sequences, which count in one line only; or
    /// all lines, those of browsers first. Null when there is no such guest or line.
    /// </summary>
    private async Task<Lines?> LinesAsync(string tenant, string guest, string? line, bool namesSequences)
    {
        var name = await links.NameOfAsync(tenant, guest);
        if (await guests.For(tenant, name).ReadAsync() is not { } view)
            return null;
        if (line is not null)
            return line == name ? new Lines(name, [name]) : view.Lines.Contains(line) ? new Lines(name, [line]) : null;
        return new Lines(name, namesSequences ? [name] : [.. view.Lines, name]);
    }

    private async Task<IResult> PreviewAsync(string tenant, Lines lines, ReplayRange range)
    {
        List<PreviewedEvent> events = [];
        List<PreviewedBody> items = [];
        foreach (var line in lines.Covered)
        {
            if (await guests.For(tenant, line).PreviewReplayAsync(range, MostPreviewed - items.Count) is not { } preview)
                continue;
            events.AddRange(preview.Events);
            items.AddRange(preview.Events.Select(@event => new PreviewedBody(
                @event.ReplayOf, @event.EventId, TextMask.Mask(@event.Type), BodyMask.Mask(@event.Sent))
            {
                Line = line == lines.Guest ? null : line,
            }));
            if (preview.Next is { } next)
                return Shown(lines, items, events, next, line);
            if (items.Count == MostPreviewed && After(lines, line) is { } following)
                return Shown(lines, items, events, range.First, following);
        }

        return Shown(lines, items, events, next: null, nextLine: null);
    }

    private static string? After(Lines lines, string line) =>
        lines.Covered.SkipWhile(covered => covered != line).Skip(1).FirstOrDefault();

    private static JsonAnswer<ReplayPreviewBody> Shown(
        Lines lines, IReadOnlyList<PreviewedBody> items, IReadOnlyList<PreviewedEvent> events, long? next, string? nextLine) =>
        JsonAnswer.Ok(
            new ReplayPreviewBody(items, next)
            {
                NextLine = nextLine == lines.Guest ? null : nextLine,
                Warnings = ErrorBody.From([.. SecondOrders(events)]),
            },
            ApiJson.Default.ReplayPreviewBody);

    private async Task<IResult> BeginAsync(
        string tenant, string guest, Lines lines, ReplayRange range, ActRequest act, HttpContext context)
    {
        var (id, request, wrongHeader) = OperationIds.Of(
            context.Request.Headers[OperationIds.Header], Caller.Of(context), $"replay of {guest}", act, time);
        if (id is null)
            return wrongHeader!;
        foreach (var line in range.Orders ? [] : lines.Covered)
        {
            if (await guests.For(tenant, line).HasOrdersAsync(range))
                return Refusals.Invalid([new Violation("orders_not_confirmed", "/confirm_orders",
                    "Expected true: the range has a CHECKOUT or ORDER_CHECKOUT, and the replay creates a second order upstream.")]);
        }

        var begun = await guests.Operation(tenant, id).ReplayAsync(
            [.. lines.Covered.Select(line => guests.KeyOf(tenant, line))], range,
            Caller.Of(context).Act(act.Reason), request);
        if (begun is null)
            return await missing.RefuseAsync(tenant, guest);
        if (begun.Request != request)
            return Refusals.IdempotencyKeyReused();
        context.Response.Headers.Location = $"/v1/operations/{id}";
        return JsonAnswer.Accepted(OperationBodies.From(begun), ApiJson.Default.OperationBody);
    }

    private sealed record Lines(string Guest, IReadOnlyList<string> Covered);

    private static IEnumerable<Violation> SecondOrders(IReadOnlyList<PreviewedEvent> events) => events.Index()
        .Where(static at => at.Item.MakesOrder)
        .Select(static at => new Violation("second_order", $"/items/{at.Index}",
            "The replay creates a second order upstream. It requires confirm_orders."));
}
