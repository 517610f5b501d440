using System.CommandLine;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using GuestSessions.Cli.Output;
using static GuestSessions.Cli.Commands.Make;

namespace GuestSessions.Cli.Commands;

/// <summary>Follows a guest.</summary>
internal static class TailCommand
{
    private static readonly TimeSpan BeforeReconnect = TimeSpan.FromSeconds(1);

    public static Command Make()
    {
        var guest = GuestArgument;
        var count = new Option<int?>("--count") { Description = "Ends after so many events." };
        return Command("tail", "Shows events of a guest as they change, until Ctrl+C.", async context =>
        {
            await context.Writer.StreamAsync(
                FollowAsync(context, $"v1/guests/{Segment(context[guest])}/live").Take(context[count] ?? int.MaxValue),
                "sequence", "event_id", "type", "state", "attempts", "code");
            return ExitCodes.Done;
        }, guest, count);
    }

    /// <summary>Connects again where the service cuts the stream, and resumes there.</summary>
    private static async IAsyncEnumerable<JsonObject> FollowAsync(Context context, string path)
    {
        string? last = null;
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (last is not null)
                request.Headers.Add("Last-Event-ID", last);
            using var answer = await context.Service.SendRawAsync(request, context.End);
            await Service.CheckAsync(answer, context.End);
            await using var stream = await answer.Content.ReadAsStreamAsync(context.End);
            var parser = SseParser.Create(stream);
            await using var items = parser.EnumerateAsync(context.End).GetAsyncEnumerator();
            while (await MovesAsync(items))
            {
                last = parser.LastEventId is { Length: > 0 } id ? id : last;
                if (JsonNode.Parse(items.Current.Data) is JsonObject { Count: > 0 } changed)
                    yield return changed;
            }

            await Task.Delay(BeforeReconnect, TimeProvider.System, context.End);
        }
    }

    private static async Task<bool> MovesAsync(IAsyncEnumerator<SseItem<string>> items)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
            Writer.Message($"The stream was cut ({cut.Message}); connecting again.");
            return false;
        }
    }
}
