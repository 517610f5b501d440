using System.CommandLine;
using System.Text.Json.Nodes;
using static GuestSessions.Cli.Commands.Make;

namespace GuestSessions.Cli.Commands;

/// <summary>Stops and resumes delivery, of a guest or of the tenant.</summary>
internal static class PauseCommands
{
    public static Command Pause() => Act("pause", "Stops the delivery of a guest, or of the whole tenant.");

    public static Command Resume() => Act("resume", "Resumes the delivery of a guest, or of the whole tenant.");

    private static Command Act(string act, string description)
    {
        var guest = new Argument<string?>("guest") { Arity = ArgumentArity.ZeroOrOne, Description = "The id of the guest." };
        var tenant = new Option<bool>("--tenant") { Description = "The whole tenant instead of a guest." };
        var reason = Reason;
        return Command(act, description, async context =>
        {
            var of = context.Parsed.GetValue(guest);
            if (of is null != context[tenant])
                throw new CommandFailedException(ExitCodes.Usage, "Name a guest, or say --tenant.");
            context.Writer.One(await context.Service.PostAsync(
                of is null ? $"v1/delivery/{act}" : $"v1/guests/{Segment(of)}/{act}",
                new JsonObject { ["reason"] = context[reason] }, context.End));
            return ExitCodes.Done;
        }, guest, tenant, reason);
    }
}
