using System.Text.Json.Nodes;
using GuestSessions.Cli.Output;

namespace GuestSessions.Cli.Import;

/// <summary>Where an import comes from, and what it is called.</summary>
/// <param name="File">Null for stdin.</param>
/// <param name="Name">Goes into the ids of lines without one; null where none was given.</param>
/// <param name="Report">Where rejections are written.</param>
/// <param name="BatchLines">Maximum number of lines in a request.</param>
internal sealed record ImportSource(string? File, string? Name, string Report, int BatchLines)
{
    public string? ProgressFile => File is null ? null : $"{File}.progress";
}

/// <summary>Reads lines, sends them in batches, and keeps where it is.</summary>
internal sealed class Importer(ImportSource source, BatchPost post)
{
    private const int BatchBytes = 4 << 20; // Far below what the service takes at once.

    private readonly LineIds _ids = new(source.Name);

    /// <returns>What became of the lines.</returns>
    public async Task<ImportProgress> RunAsync(CancellationToken end)
    {
        await using var input = source.File is null ? Console.OpenStandardInput() : File.OpenRead(source.File);
        var progress = Begin(input);
        var report = new RejectionReport(source.Report);
        var lines = new LineSource(input);
        await CountAsync(lines, progress, end);
        while (await ReadBatchAsync(lines, progress, end) is { Bytes: > 0 } batch)
        {
            var results = await post.SendAsync(batch.Lines, end);
            var reported = await report.AddAsync(progress.ReportBytes, batch.Lines, results);
            progress = progress with
            {
                Bytes = progress.Bytes + batch.Bytes,
                Lines = batch.Last,
                Accepted = progress.Accepted + Count(results, "accepted"),
                Duplicate = progress.Duplicate + Count(results, "duplicate"),
                Rejected = progress.Rejected + Count(results, "rejected"),
                ReportBytes = reported,
            };
            if (source.ProgressFile is { } file)
                progress.Write(file);
            Draw(progress);
        }

        if (!Console.IsErrorRedirected)
            Writer.Message("");
        if (source.ProgressFile is { } done)
            File.Delete(done);
        return progress;
    }

    private ImportProgress Begin(Stream input)
    {
        if (source.ProgressFile is not { } file)
            return new ImportProgress { FileBytes = 0 };
        if (ImportProgress.Read(file) is not { } left)
            return new ImportProgress { FileBytes = input.Length };
        if (left.FileBytes != input.Length)
            throw new CommandFailedException(ExitCodes.Usage,
                $"{source.File} has changed since its import was left. Delete {file} to begin again: known events are not stored twice.");
        Writer.Message($"Resuming after line {left.Lines}.");
        return left;
    }

    /// <summary>Reads what is done already, because the ids of the lines after it follow from what came before them.</summary>
    private async Task CountAsync(LineSource lines, ImportProgress done, CancellationToken end)
    {
        var number = 0L;
        for (var bytes = 0L; bytes < done.Bytes && await lines.ReadAsync(end) is { } line; bytes += line.Bytes)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line.Text))
                _ = ImportLine.Of(_ids, number, line.Text);
        }
    }

    private async Task<(List<ImportLine> Lines, long Bytes, long Last)> ReadBatchAsync(
        LineSource lines, ImportProgress progress, CancellationToken end)
    {
        List<ImportLine> batch = [];
        var (bytes, number) = (0L, progress.Lines);
        while (batch.Count < source.BatchLines && bytes < BatchBytes && await lines.ReadAsync(end) is { } line)
        {
            number++;
            bytes += line.Bytes;
            if (!string.IsNullOrWhiteSpace(line.Text))
                batch.Add(ImportLine.Of(_ids, number, line.Text));
        }

        return (batch, bytes, number);
    }

    private static long Count(JsonObject[] results, string status) =>
        results.Count(result => result["status"]!.GetValue<string>() == status);

    private static void Draw(ImportProgress progress)
    {
        if (Console.IsErrorRedirected)
            return;
        var part = progress.FileBytes > 0 ? $" ({100.0 * progress.Bytes / progress.FileBytes:0} %)" : "";
        Console.Error.Write($"\r{progress.Lines:N0} lines{part}, {progress.Rejected:N0} rejected  ");
    }
}
