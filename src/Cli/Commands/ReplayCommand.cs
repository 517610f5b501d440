using System.CommandLine;
using System.Text.Json.Nodes;
using static GuestSessions.Cli.Commands.Make;

namespace GuestSessions.Cli.Commands;

/// <summary>Delivers events again that were delivered.</summary>
internal static class ReplayCommand
{
    public static Command Make()
    {
        var guest = GuestArgument;
        var from = new Option<long?>("--from") { Description = "The first sequence." };
        var to = new Option<long?>("--to") { Description = "The last sequence." };
        var type = new Option<string>("--type") { Description = "Only events of this type." };
        var orders = new Option<bool>("--confirm-orders") { Description = "Sends orders too: the upstream makes second orders of them." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Shows what would be sent, and sends nothing." };
        var (reason, yes) = (Reason, Yes);
        return Command("replay", "Delivers a range of delivered events of a guest again.", async context =>
        {
            var path = $"v1/guests/{Segment(context[guest])}/replay";
            var body = new JsonObject { ["reason"] = context[reason] }
                .With("from_sequence", context[from]).With("to_sequence", context[to]).With("type", context[type]);
            if (context[dryRun])
            {
                await context.Writer.ManyAsync(PreviewAsync(context, path, body), "replay_of", "event_id", "type", "sent");
                return ExitCodes.Done;
            }

            Confirmed(context[yes], "A replay sends events that have arrived already.");
            return await Operations.RunAsync(context, path, body.With("confirm_orders", context[orders] ? true : null));
        }, guest, from, to, type, orders, dryRun, reason, yes);
    }

    /// <summary>The next page of a preview begins at the sequence that <c>next</c> names.</summary>
    private static async IAsyncEnumerable<JsonObject> PreviewAsync(Context context, string path, JsonObject body)
    {
        while (true)
        {
            var page = await context.Service.PostAsync(path, body.DeepClone().AsObject().With("dry_run", true), context.End);
            foreach (var item in page["items"]!.AsArray())
                yield return item!.AsObject();
            if (page["next"] is not { } next)
                yield break;
            body["from_sequence"] = next.DeepClone();
            if (page["next_line"] is { } line)
                body["line"] = line.DeepClone();
        }
    }
}
