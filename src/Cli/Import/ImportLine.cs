using System.Text.Json;
using System.Text.Json.Nodes;

namespace GuestSessions.Cli.Import;

/// <summary>A line of an import, as it is sent.</summary>
/// <param name="Number">From 1, over the whole import.</param>
/// <param name="Text">An envelope with an event id.</param>
internal sealed record ImportLine(long Number, string Text)
{
    /// <param name="ids">Gives a line without an event id one.</param>
    /// <param name="number">From 1, over the whole import.</param>
    /// <param name="text">As it was read.</param>
    public static ImportLine Of(LineIds ids, long number, string text)
    {
        if (Parse(text) is not { } envelope || envelope["event_id"] is not null)
            return new ImportLine(number, text);
        envelope["event_id"] = ids.Next(number, text);
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
