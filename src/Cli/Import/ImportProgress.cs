using System.Text.Json;
using System.Text.Json.Serialization;

namespace GuestSessions.Cli.Import;

/// <summary>How far an import of a file is. It is written after each batch, so that a killed import resumes there.</summary>
internal sealed record ImportProgress
{
    /// <summary>Bytes of the file when the import began: another file must not be resumed.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Bytes that are done.</summary>
    public long Bytes { get; init; }

    /// <summary>Lines that are done, blank ones included.</summary>
    public long Lines { get; init; }

    public long Accepted { get; init; }

    public long Duplicate { get; init; }

    public long Rejected { get; init; }

    /// <summary>Bytes of the report of rejections; what is behind them was written by a batch that is not done.</summary>
    public long ReportBytes { get; init; }

    /// <summary>Null where no import was left.</summary>
    public static ImportProgress? Read(string file)
    {
        if (!File.Exists(file))
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), ProgressJson.Default.ImportProgress);
        }
        catch (JsonException malformed)
        {
            throw new CommandFailedException(ExitCodes.Usage, $"{file} is damaged ({malformed.Message}). Delete it to begin again.");
        }
    }

    /// <summary>Replaces the file at once: a kill leaves the old one or the new one.</summary>
    public void Write(string file)
    {
        var next = $"{file}.next";
        using (var stream = File.Create(next))
        {
            JsonSerializer.Serialize(stream, this, ProgressJson.Default.ImportProgress);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, file, overwrite: true);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ImportProgress))]
internal sealed partial class ProgressJson : JsonSerializerContext;
