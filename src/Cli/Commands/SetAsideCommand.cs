using System.CommandLine;
using static GuestSessions.Cli.Commands.Make;

namespace GuestSessions.Cli.Commands;

/// <summary>Events that were set aside: in quarantine, or in doubt.</summary>
internal static class SetAsideCommand
{
    public static Command Make() => Bare(
        "set-aside", "Lists events that were set aside, and acts on them.",
        List(), SetAsideActs.Redrive(), SetAsideActs.Resolve(), SetAsideActs.Discard());

    private static Command List()
    {
        var inDoubt = new Option<bool>("--in-doubt") { Description = "Those in doubt; those in quarantine otherwise." };
        var (type, code) = SetAsideFilter.Options();
        return Command("list", "Lists set-aside events of all guests, oldest first, to the end.", async context =>
        {
            var list = context[inDoubt] ? "in-doubt" : "quarantine";
            var path = $"v1/{list}?limit=500" + (context[type] is { } of ? $"&type={Segment(of)}" : "")
                + (context[code] is { } why ? $"&code={Segment(why)}" : "");
            await context.Writer.ManyAsync(context.Service.ListAsync(path, context.End), "guest", "event_id", "type", "code", "at");
            return ExitCodes.Done;
        }, inDoubt, type, code);
    }
}
