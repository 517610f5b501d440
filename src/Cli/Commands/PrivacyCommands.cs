using System.CommandLine;
using System.Text.Json.Nodes;
using GuestSessions.Cli.Output;
using static GuestSessions.Cli.Commands.Make;

namespace GuestSessions.Cli.Commands;

/// <summary>Erases and exports guests.</summary>
internal static class PrivacyCommands
{
    private const int GuestsOfRequest = 5_000;

    public static Command Erase()
    {
        var guest = new Argument<string?>("guest") { Arity = ArgumentArity.ZeroOrOne, Description = "The id of the guest." };
        var list = new Option<string>("--file") { Description = "A file with a guest id on each line; - for stdin." };
        var handOff = new Option<string>("--hand-off")
        {
            Description = "Takes the file for the upstream's Batch API afterwards, and writes it here. It can be taken once.",
        };
        var (reason, yes) = (Reason, Yes);
        return Command("erase", "Erases guests with the browsers that they were named for, and writes the certificate.", async context =>
        {
            var of = context.Parsed.GetValue(guest);
            if (of is null == context[list] is null)
                throw new CommandFailedException(ExitCodes.Usage, "Name a guest, or a file with --file.");
            Confirmed(context[yes], "An erasure cannot be undone.");
            var body = new JsonObject { ["reason"] = context[reason] };
            var begun = of is null
                ? await context.Service.PostAsync("v1/erasures", body.With("guests", await ReadAsync(context[list]!, context.End)), context.End)
                : await context.Service.SendAsync(HttpMethod.Delete, $"v1/guests/{Segment(of)}", body, context.End);
            var operation = await Operations.EndAsync(context, begun);
            context.Writer.One(operation);
            if (!Operations.HasCompleted(operation))
                return ExitCodes.Failed;
            if (context[handOff] is { } file)
                await SaveAsync(context, operation, context[reason]!, file);
            return ExitCodes.Done;
        }, guest, list, handOff, reason, yes);
    }

    public static Command Export()
    {
        var guest = GuestArgument;
        var to = new Option<string>("--to") { Description = "The ZIP to write; the guest id with .zip otherwise." };
        var reason = Reason;
        return Command("export", "Exports everything that is held about a guest, unmasked, into a ZIP.", async context =>
        {
            var file = context[to] ?? $"{context[guest].Replace(':', '-')}.zip";
            if (File.Exists(file))
                throw new CommandFailedException(ExitCodes.Usage, $"{file} exists already.");
            var operation = await Operations.EndAsync(context, await context.Service.PostAsync(
                $"v1/guests/{Segment(context[guest])}/export", new JsonObject { ["reason"] = context[reason] }, context.End));
            context.Writer.One(operation);
            if (!Operations.HasCompleted(operation))
                return ExitCodes.Failed;
            await SaveAsync(context, operation, context[reason]!, file);
            return ExitCodes.Done;
        }, guest, to, reason);
    }

    private static async Task SaveAsync(Context context, JsonObject operation, string reason, string file)
    {
        var bytes = await context.Service.SaveAsync(
            $"v1/operations/{operation["id"]!.GetValue<string>()}/file", new JsonObject { ["reason"] = reason }, file, context.End);
        Writer.Message($"{bytes} bytes in {file}. The service has deleted its copy.");
    }

    private static async Task<JsonArray> ReadAsync(string file, CancellationToken end)
    {
        var text = file == "-" ? await Console.In.ReadToEndAsync(end) : await File.ReadAllTextAsync(file, end);
        string[] guests = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (guests.Length is 0 or > GuestsOfRequest)
            throw new CommandFailedException(ExitCodes.Usage, $"Expected 1 to {GuestsOfRequest} guest ids, one on each line.");
        return [.. guests.Select(static guest => (JsonNode?)guest)];
    }
}
