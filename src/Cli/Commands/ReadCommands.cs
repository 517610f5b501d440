using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using static GuestSessions.Cli.Commands.Make;

namespace GuestSessions.Cli.Commands;

/// <summary>What support reads.</summary>
internal static class ReadCommands
{
    public static Command Find()
    {
        var text = new Argument<string>("text")
        {
            Description = "An identifier, e-mail address, browser id, order reference, guest id or event id; - reads it from stdin.",
        };
        return Command("find", "Finds guests by any value.", async context =>
        {
            var value = context[text] == "-" ? (await Console.In.ReadLineAsync(context.End))?.Trim() ?? "" : context[text];
            return await context.Writer.ManyAsync(SearchAsync(context, value), "guest", "code", "event_id", "at") > 0
                ? ExitCodes.Done
                : throw new CommandFailedException(ExitCodes.Failed, "Nothing was found.");
        }, text);
    }

    public static Command Guest()
    {
        var guest = GuestArgument;
        return Command("guest", "Shows a guest: identifiers, sessions, line.", async context =>
        {
            context.Writer.One(await context.Service.GetAsync($"v1/guests/{Segment(context[guest])}", context.End));
            return ExitCodes.Done;
        }, guest);
    }

    public static Command Timeline()
    {
        var guest = GuestArgument;
        var state = new Option<string>("--state") { Description = "Only events in this state." };
        var type = new Option<string>("--type") { Description = "Only events of this type." };
        return Command("timeline", "Lists every event of a guest, oldest first.", async context =>
        {
            var path = $"v1/guests/{Segment(context[guest])}/events?limit=500"
                + (context[state] is { } only ? $"&state={Segment(only)}" : "")
                + (context[type] is { } of ? $"&type={Segment(of)}" : "");
            await context.Writer.ManyAsync(
                context.Service.ListAsync(path, context.End),
                "sequence", "event_id", "type", "state", "received_at", "delivered_at", "attempts", "code");
            return ExitCodes.Done;
        }, guest, state, type);
    }

    public static Command Event()
    {
        var (guest, eventId) = (GuestArgument, EventArgument);
        return Command("event", "Shows one event with every attempt.", async context =>
        {
            context.Writer.One(await context.Service.GetAsync(
                $"v1/guests/{Segment(context[guest])}/events/{Segment(context[eventId])}", context.End));
            return ExitCodes.Done;
        }, guest, eventId);
    }

    public static Command Reveal()
    {
        var guest = GuestArgument;
        var field = new Argument<string>("field")
        {
            Description = "The JSON Pointer of the masked value, as in /identifiers/0/id or, with --event, /received/email.",
        };
        var @event = new Option<string>("--event") { Description = "The id of the event that has the value." };
        var reason = Reason;
        return Command("reveal", "Shows one masked value. The audit keeps who saw which field, when and why.", async context =>
        {
            context.Writer.One(await context.Service.PostAsync(
                $"v1/guests/{Segment(context[guest])}/reveal",
                new JsonObject { ["field"] = context[field], ["reason"] = context[reason] }.With("event_id", context[@event]),
                context.End));
            return ExitCodes.Done;
        }, guest, field, @event, reason);
    }

    /// <summary>Guests, and then rejections, to their end.</summary>
    private static async IAsyncEnumerable<JsonObject> SearchAsync(
        Context context, string value, [EnumeratorCancellation] CancellationToken end = default)
    {
        string? after = null, older = null;
        do
        {
            var page = await context.Service.PostAsync(
                "v1/guests/search",
                new JsonObject { ["text"] = value, ["limit"] = 500 }.With("after", after).With("events_before", older),
                context.End);
            foreach (var list in (JsonNode?[])[page["items"], after is null ? page["rejections"] : null])
            {
                foreach (var item in list?.AsArray() ?? [])
                    yield return item!.AsObject();
            }

            after = page["next"]?.ToString();
            older = page["events"]?["next"]?.ToString();
            if (older is null)
                continue;
            var isFound = page["items"] is JsonArray { Count: > 0 };
            Output.Writer.Message($"Compared the ids of events back to {page["events"]!["back_to"]}. {(isFound ? "Older ones were not compared." : "Older ones follow.")}");
            if (isFound)
                yield break;
        }
        while ((after ?? older) is not null && !end.IsCancellationRequested);
    }
}
