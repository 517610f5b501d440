using GuestSessions.Api.Authentication;
using GuestSessions.Api.Console.Pages;
using GuestSessions.Api.Guests;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Console;

/// <summary>The pages about one guest: finding it, its state and its timeline.</summary>
internal sealed class ConsoleGuests(GuestSearch search, GuestReads reads, ConsoleQuestion question)
{
    /// <summary>The event whose row is open.</summary>
    public const string Open = "open";

    private static readonly string[] Filters =
    [
        "state", "type", "warning", TimelineRequest.NotState, TimelineRequest.NotType, TimelineRequest.From,
        TimelineRequest.To, "order", "after", "limit",
    ];

    /// <summary>Takes what a person looks for, and sends the browser to the page that answers.</summary>
    public async Task<IResult> AskAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (text, eventsBefore) = (form["text"].ToString(), form["events_before"].ToString());
        return question.Keep(context, text, eventsBefore)
            ? ConsoleEndpoints.See($"{ConsoleEndpoints.Root}/find")
            : await FindAsync(context, text, eventsBefore);
    }

    public Task<IResult> FindAsync(HttpContext context) => question.Read(context) is var (text, eventsBefore)
        ? FindAsync(context, text, eventsBefore)
        : Task.FromResult(ConsoleEndpoints.See(ConsoleEndpoints.Root));

    private async Task<IResult> FindAsync(HttpContext context, string text, string eventsBefore)
    {
        var (request, refused) = SearchRequest.Read(text, eventsBefore);
        if (request is null)
            return Found(context, new FindModel(text, null, refused!.Problem.Detail), refused.Problem.Status);
        var answered = await search.FindAsync(Caller.Of(context), request);
        return answered.Value is { } answer
            ? Found(context, new FindModel(request.Text, answer, null))
            : ConsolePages.Refused(context, answered.Refused!);
    }

    public async Task<IResult> GuestAsync(string guest, HttpContext context)
    {
        var caller = Caller.Of(context);
        var filters = FiltersOf(context);
        var answered = await reads.GetGuestAsync(guest, caller);
        if (answered.Value is not { } body)
            return ConsolePages.Refused(context, answered.Refused!);
        var timeline = await reads.GetTimelineAsync(guest, caller, filters.Or("order", "newest").ToServices());
        if (timeline.Value is not { } page)
            return ConsolePages.Refused(context, timeline.Refused!);
        var open = context.Request.Query.One(Open) is { Length: > 0 } id
            ? (await reads.GetEventAsync(guest, id, caller)).Value
            : null;
        return ConsolePages.Page<Guest, GuestModel>(context, new GuestModel(body, page, filters, open));
    }

    public async Task<IResult> EventAsync(string guest, string id, HttpContext context) =>
        ConsolePages.Page<Event, EventModel, EventBody>(
            context, await reads.GetEventAsync(guest, id, Caller.Of(context)), body => new EventModel(guest, body));

    /// <summary>One row of the timeline, for the script: as it is now, open or not.</summary>
    public async Task<IResult> RowAsync(string guest, string id, HttpContext context)
    {
        var answered = await reads.GetEventAsync(guest, id, Caller.Of(context));
        return answered.Value is { } body
            ? ConsolePages.Page<Row, RowModel>(
                context, new RowModel(guest, ItemOf(body), context.Request.Query.ContainsKey(Open) ? body : null, FiltersOf(context)))
            : answered.Refused!;
    }

    private static ConsoleQuery FiltersOf(HttpContext context) =>
        ConsoleQuery.Of(context, Filters).WithTimes(TimelineRequest.From, TimelineRequest.To);

    private static IResult Found(HttpContext context, FindModel model, int status = StatusCodes.Status200OK) =>
        ConsolePages.Page<Find, FindModel>(context, model, status);

    /// <summary>An event as the timeline has it.</summary>
    internal static EventItem ItemOf(EventBody body) => new(
        body.Sequence, body.EventId, body.Type, body.OccurredAt, body.ReceivedAt, body.SentAt, body.DeliveredAt, body.State,
        body.Late, body.PossiblyDuplicate, body.Redriven, body.Resolved, body.Attempts.Count, body.Ref, body.Code,
        body.SupersededBy, body.ReplayOf)
    {
        Line = body.Line,
        Warnings = body.Warnings,
    };
}
