using System.CommandLine;
using System.Text.Json.Nodes;
using static GuestSessions.Cli.Commands.Make;

namespace GuestSessions.Cli.Commands;

/// <summary>Events that were set aside: in quarantine, or in doubt.</summary>
internal static class SetAsideCommand
{
    public static Command Make() => Bare(
        "set-aside", "Lists events that were set aside, and acts on them.", List(), Redrive(), Discard());

    private static Command List()
    {
        var inDoubt = new Option<bool>("--in-doubt") { Description = "Those in doubt; those in quarantine otherwise." };
        var (type, code) = Filters();
        return Command("list", "Lists set-aside events of all guests, oldest first, to the end.", async context =>
        {
            var list = context[inDoubt] ? "in-doubt" : "quarantine";
            var path = $"v1/{list}?limit=500" + (context[type] is { } of ? $"&type={Segment(of)}" : "")
                + (context[code] is { } why ? $"&code={Segment(why)}" : "");
            await context.Writer.ManyAsync(
                context.Service.ListAsync(path, context.End), "guest", "event_id", "type", "code", "received_at");
            return ExitCodes.Done;
        }, inDoubt, type, code);
    }

    private static Command Redrive()
    {
        var guest = new Argument<string?>("guest") { Arity = ArgumentArity.ZeroOrOne, Description = "The id of the guest." };
        var eventId = new Argument<string?>("event-id") { Arity = ArgumentArity.ZeroOrOne, Description = "The id of the event." };
        var all = new Option<bool>("--all") { Description = "All of the quarantine that the filter finds; needs --yes." };
        var (type, code) = Filters();
        var (reason, yes) = (Reason, Yes);
        return Command("redrive", "Delivers an event again, or all that a filter finds.", async context =>
        {
            var body = new JsonObject { ["reason"] = context[reason] };
            if (context[all])
            {
                Confirmed(context[yes], "A bulk redrive sends every event that the filter finds.");
                return await Operations.RunAsync(
                    context, "v1/quarantine/redrive", body.With("type", context[type]).With("code", context[code]));
            }

            if (context.Parsed.GetValue(guest) is not { } of || context.Parsed.GetValue(eventId) is not { } one)
                throw new CommandFailedException(ExitCodes.Usage, "Name a guest and an event, or say --all.");
            context.Writer.One(await context.Service.PostAsync(
                $"v1/guests/{Segment(of)}/events/{Segment(one)}/redrive", body, context.End));
            return ExitCodes.Done;
        }, guest, eventId, all, type, code, reason, yes);
    }

    private static Command Discard()
    {
        var (guest, eventId, reason, yes) = (GuestArgument, EventArgument, Reason, Yes);
        return Command("discard", "Gives an event up for ever.", async context =>
        {
            Confirmed(context[yes], "A discarded event is never sent.");
            context.Writer.One(await context.Service.PostAsync(
                $"v1/guests/{Segment(context[guest])}/events/{Segment(context[eventId])}/discard",
                new JsonObject { ["reason"] = context[reason] }, context.End));
            return ExitCodes.Done;
        }, guest, eventId, reason, yes);
    }

    private static (Option<string> Type, Option<string> Code) Filters() => (
        new Option<string>("--type") { Description = "Only events of this type." },
        new Option<string>("--code") { Description = "Only events that were set aside for this reason." });
}
