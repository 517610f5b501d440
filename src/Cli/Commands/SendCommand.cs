using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using static GuestSessions.Cli.Commands.Make;

namespace GuestSessions.Cli.Commands;

/// <summary>Sends one event of a guest.</summary>
internal static class SendCommand
{
    public static Command Make()
    {
        var guest = GuestArgument;
        var file = new Argument<string>("file") { Description = "JSON: an event of the Stream API or an envelope; - reads stdin." };
        return Command("send", "Records one event, and shows its receipt.", async context =>
        {
            var json = (await JsonFile.ReadAsync(context[file], context.End))!;
            using var request = new HttpRequestMessage(HttpMethod.Post, $"v1/guests/{Segment(context[guest])}/events")
            {
                Content = new StringContent(
                    (json.ContainsKey("event") ? json : new JsonObject { ["event"] = json }).ToJsonString(), Encoding.UTF8, "application/json"),
            };
            using var answer = await context.Service.SendRawAsync(request, context.End);
            var body = await answer.Content.ReadAsStringAsync(context.End);
            if (answer.IsSuccessStatusCode)
            {
                context.Writer.One(JsonNode.Parse(body)!["results"]![0]!.AsObject());
                return ExitCodes.Done;
            }

            if (body.Contains("\"errors\"", StringComparison.Ordinal))
                throw new CommandFailedException(ExitCodes.PartlyRejected, body);
            await Service.CheckAsync(answer, context.End);
            return ExitCodes.Failed;
        }, guest, file);
    }
}
