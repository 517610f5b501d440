using System.CommandLine;
using System.Text.Json.Nodes;
using GuestSessions.Cli.Import;
using GuestSessions.Cli.Output;
using static GuestSessions.Cli.Commands.Make;

namespace GuestSessions.Cli.Commands;

/// <summary>Imports NDJSON.</summary>
internal static class ImportCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "NDJSON, an envelope with its guest on each line; - reads stdin." };
        var name = new Option<string>("--name")
        {
            Description = "Name of the import, for lines without event_id; the name of the file otherwise.",
        };
        var report = new Option<string>("--report") { Description = "Where rejections go; FILE.rejected otherwise." };
        var batch = new Option<int>("--batch") { Description = "Lines in a request.", DefaultValueFactory = static _ => 2000 };
        batch.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
                result.AddError("--batch: Expected 1 to 10000.");
        });
        var patience = new Option<int>("--patience")
        {
            Description = "Seconds without an answer after which the import stops; it can be resumed.",
            DefaultValueFactory = static _ => 300,
        };
        return Command("import", "Records events of many guests from a file; resumes where it was left.", async context =>
        {
            var path = context[file] == "-" ? null : context[file];
            if (path is not null && !File.Exists(path))
                throw new CommandFailedException(ExitCodes.Usage, $"There is no file {path}.");
            var source = new ImportSource(
                path, context[name] ?? Path.GetFileName(path), context[report] ?? $"{path ?? "stdin"}.rejected", context[batch]);
            var post = new BatchPost(context.Service, TimeSpan.FromSeconds(context[patience]));
            var done = await new Importer(source, post).RunAsync(context.End);
            context.Writer.One(new JsonObject
            {
                ["lines"] = done.Lines,
                ["accepted"] = done.Accepted,
                ["duplicate"] = done.Duplicate,
                ["rejected"] = done.Rejected,
            });
            if (done.Rejected == 0)
                return ExitCodes.Done;

            Writer.Message($"The rejected lines and why are in {source.Report}.");
            return ExitCodes.PartlyRejected;
        }, file, name, report, batch, patience);
    }
}
