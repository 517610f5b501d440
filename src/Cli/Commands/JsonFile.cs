using System.Text.Json;
using System.Text.Json.Nodes;

namespace GuestSessions.Cli.Commands;

/// <summary>A JSON object that a command takes from a file, or from stdin.</summary>
internal static class JsonFile
{
    /// <param name="file">A dash for stdin.</param>
    /// <returns>Null without a file.</returns>
    /// <exception cref="CommandFailedException">It is no JSON object.</exception>
    public static async Task<JsonObject?> ReadAsync(string? file, CancellationToken end)
    {
        if (file is null)
            return null;
        var text = file == "-" ? await Console.In.ReadToEndAsync(end) : await File.ReadAllTextAsync(file, end);
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new CommandFailedException(ExitCodes.Usage, "Expected one JSON object.");
        }
        catch (JsonException malformed)
        {
            throw new CommandFailedException(ExitCodes.Usage, $"Expected JSON: {malformed.Message}");
        }
    }
}
