using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GuestSessions.Api.Tests.Hosting;

namespace GuestSessions.Api.Tests.Ingest;

/// <summary>
/// Bodies that nobody wrote, through the whole pipeline: whatever comes, the answer is one of the contract. As many as
/// <c>FUZZ_BODIES</c> says, 3,000 without it.
/// </summary>
public sealed class FuzzTests
{
    private const int Workers = 4;

    private static readonly int Bodies =
        int.Parse(Environment.GetEnvironmentVariable("FUZZ_BODIES") ?? "3000", CultureInfo.InvariantCulture);

    private static readonly (string Path, string Type)[] Calls =
    [
        ("/v1/guests/cust-42/events", "application/json"),
        ("/v1/guests/cust-42/identifiers", "application/json"),
        ("/v1/events", "application/json"),
        ("/v1/events", "application/x-ndjson"),
        ("/v1/validate", "application/json"),
    ];

    [Fact]
    public async Task Whatever_comes_is_answered_by_the_contract()
    {
        await using var api = await ApiHost.StartAsync();

        var accepted = await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => RunAsync(api, worker)));

        // The mutations are mild enough that both ways are walked.
        Assert.InRange(accepted.Sum(), Bodies / 50, Bodies - (Bodies / 50));
    }

    private static async Task<int> RunAsync(ApiHost api, int seed)
    {
        // A fixed seed: the test sends the same bodies everywhere.
        var chance = new Random(seed);
        using var client = api.Client();
        var accepted = 0;
        for (var i = 0; i < Bodies / Workers; i++)
        {
            var (path, type) = Calls[chance.Next(Calls.Length)];
            var body = Mutations.Of(FuzzSeeds.All[chance.Next(FuzzSeeds.All.Count)], chance);
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
            using var message = await client.PostAsync(path, content);
            var answer = await message.Content.ReadAsByteArrayAsync();

            Check(message, answer, body);
            accepted += message.IsSuccessStatusCode ? 1 : 0;
        }

        return accepted;
    }

    private static void Check(HttpResponseMessage message, byte[] answer, byte[] body)
    {
        var status = (int)message.StatusCode;
        var what = $"{message.RequestMessage!.RequestUri!.AbsolutePath} {status}: {Encoding.UTF8.GetString(body)}";
        Assert.True(status < 500, what);
        if (message.Content.Headers.ContentType!.MediaType == "application/x-ndjson")
            return;
        using var document = JsonDocument.Parse(answer);
        if (status < 400)
            return;
        Assert.True(message.Content.Headers.ContentType.MediaType == "application/problem+json", what);
        Assert.Equal(status, document.RootElement.GetProperty("status").GetInt32());
        Assert.NotEmpty(document.RootElement.GetProperty("code").GetString()!);
    }
}
