using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GuestSessions.Cli.Import;

/// <summary>A line of an import, as it is sent.</summary>
/// <param name="Number">From 1, over the whole import.</param>
/// <param name="Text">An envelope with an event id.</param>
internal sealed record ImportLine(long Number, string Text)
{
    private const int IdCharacters = 32;

    /// <summary>
    /// A line without an event id gets one that follows from the import, its place and its content: the same import sends the
    /// same ids again, and the service knows them.
    /// </summary>
    /// <param name="import">Name of the import; null where none was given.</param>
    /// <param name="number">From 1, over the whole import.</param>
    /// <param name="text">As it was read.</param>
    public static ImportLine Of(string? import, long number, string text)
    {
        if (Parse(text) is not { } envelope || envelope["event_id"] is not null)
            return new ImportLine(number, text);
        if (import is null)
            throw new CommandFailedException(ExitCodes.Usage, $"Line {number} has no event_id: name the import with --name, so that it can be resumed.");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{import}\n{number}\n{text}"));
        envelope["event_id"] = $"import-{Convert.ToHexStringLower(hash)[..IdCharacters]}";
        return new ImportLine(number, envelope.ToJsonString());
    }

    /// <summary>Null for a line that the service will reject.</summary>
    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null; // The service says what is wrong with it, and the report keeps that.
        }
    }
}
