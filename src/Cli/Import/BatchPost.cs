using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GuestSessions.Cli.Output;

namespace GuestSessions.Cli.Import;

/// <summary>Posts batches until each line has a final result. One batch at a time, so that every guest's order holds.</summary>
/// <param name="service">Where to.</param>
/// <param name="patience">How long no batch may succeed before the import gives up.</param>
internal sealed class BatchPost(Service service, TimeSpan patience)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <returns>A final result for each line, in their order.</returns>
    /// <exception cref="CommandFailedException">The key is refused, or the service does not answer for too long.</exception>
    public async Task<JsonObject[]> SendAsync(IReadOnlyList<ImportLine> lines, CancellationToken end)
    {
        var results = new JsonObject[lines.Count];
        int[] places = [.. Enumerable.Range(0, lines.Count)];
        while (places.Length > 0)
        {
            List<int> again = [];
            var wait = TimeSpan.Zero;
            var answered = await AnswerAsync([.. places.Select(place => lines[place])], end);
            foreach (var (place, result) in places.Zip(answered))
            {
                results[place] = result;
                if (result["status"]!.GetValue<string>() != "retry")
                    continue;
                again.Add(place);
                var asked = TimeSpan.FromSeconds(result["retry_after"]?.GetValue<int>() ?? 1);
                wait = asked > wait ? asked : wait;
            }

            places = [.. again];
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, TimeProvider.System, end);
        }

        return results;
    }

    /// <summary>The same batch until it has a whole answer: the service knows the events that it has.</summary>
    private async Task<JsonObject[]> AnswerAsync(IReadOnlyList<ImportLine> lines, CancellationToken end)
    {
        var started = TimeProvider.System.GetTimestamp();
        var body = Encoding.UTF8.GetBytes(string.Concat(lines.Select(static line => $"{line.Text}\n")));
        for (var wait = FirstWait; ; wait = wait * 2 > LongestWait ? LongestWait : wait * 2)
        {
            var (answered, trouble, asked) = await TryAsync(body, lines.Count, end);
            if (answered is not null)
                return answered;
            if (TimeProvider.System.GetElapsedTime(started) > patience)
                throw new CommandFailedException(ExitCodes.Failed, $"{trouble} Run the same command to resume at line {lines[0].Number}.");
            Writer.Message($"{trouble} Trying again.");
            await Task.Delay(asked ?? wait, TimeProvider.System, end);
        }
    }

    private async Task<(JsonObject[]? Results, string Trouble, TimeSpan? Wait)> TryAsync(byte[] body, int lines, CancellationToken end)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/events") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        try
        {
            using var answer = await service.SendRawAsync(request, end);
            if ((int)answer.StatusCode is 408 or 429 or >= 500)
                return (null, $"The service answered {(int)answer.StatusCode}.", answer.Headers.RetryAfter?.Delta);
            await Service.CheckAsync(answer, end);
            return (Read(await answer.Content.ReadAsStringAsync(end), lines), "The answer was cut.", null);
        }
        catch (CommandFailedException unreachable) when (unreachable.InnerException is HttpRequestException)
        {
            return (null, unreachable.Message, null);
        }
        catch (Exception cut) when (!end.IsCancellationRequested && cut is HttpRequestException or IOException or TaskCanceledException)
        {
            return (null, $"The connection broke: {cut.Message}.", null);
        }
    }

    /// <returns>Null for an answer without its summary.</returns>
    private static JsonObject[]? Read(string answer, int lines)
    {
        var results = new JsonObject?[lines];
        var isWhole = false;
        foreach (var line in answer.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                var result = JsonNode.Parse(line)!.AsObject();
                isWhole |= result.ContainsKey("summary");
                if (result["line"] is { } number && number.GetValue<int>() is >= 1 and var at && at <= lines)
                    results[at - 1] = result;
            }
            catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
            {
                return null; // The line that the cut went through, or an answer of something before the service.
            }
        }

        return isWhole && !results.Contains(null) ? [.. results.OfType<JsonObject>()] : null;
    }
}
