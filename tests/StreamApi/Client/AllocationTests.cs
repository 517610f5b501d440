using GuestSessions.Core.Delivery;
using GuestSessions.StreamApi.Tests.Fixtures;

namespace GuestSessions.StreamApi.Tests.Client;

/// <summary>What a delivery costs in memory. Counts, not clocks: it does not depend on the speed of the machine.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    /// <summary>
    /// Maximum number of bytes per send. 3,000 are measured:
    /// 1,570 in the HTTP stack: 490 its two asynchronous methods, 610 the request, 470 the answer;
    /// 590 in Polly: one asynchronous method of the breaker and one of the time-out;
    /// 240 the task that the dispatcher awaits, and its report;
    /// 220 the browser id and the client key, encoded for the body;
    /// 190 the answer's text and reference, which the receipt keeps;
    /// 190 what was observed, and the flow that names the exchange to its connection.
    /// </summary>
    private const int BytesPerSend = 3 * 1024;

    private const int Sends = 2000;

    /// <summary>The runtime compiles what runs often once more, in the background. Until then, the code may allocate more.</summary>
    private const int WarmUpRounds = 3;

    private const int MostRounds = 15;

    [Fact]
    public async Task A_delivered_event_stays_within_its_budget_of_memory()
    {
#if DEBUG
        Assert.Skip("A debug build allocates the state of each asynchronous method, also where a release build uses it again.");
#endif
        using var server = new QuietServer();
        using var client = Clients.For(server.Url);
        var view = Clients.View();
        var rounds = 0;
        for (; rounds < WarmUpRounds; rounds++)
            await MeasureAsync(client, view, server);

        // Whatever else happens in the process adds to a round. So one round within the budget is enough.
        var bytes = double.MaxValue;
        for (; rounds < MostRounds && bytes > BytesPerSend; rounds++)
            bytes = await MeasureAsync(client, view, server);

        Assert.True(bytes <= BytesPerSend, $"A send allocates {bytes:0} bytes.");
        Assert.Equal(rounds * Sends, server.Requests);
    }

    /// <summary>Bytes per send that this process allocates, without those of the server.</summary>
    private static async Task<double> MeasureAsync(StreamClient client, SendRequest view, QuietServer server)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true) - server.Allocated;
        for (var sent = 0; sent < Sends; sent++)
        {
            var report = await client.SendAsync(view, CancellationToken.None);
            if (report.Outcome != AttemptOutcome.Delivered)
                Assert.Fail($"{report}");
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - server.Allocated - before) / (double)Sends;
    }
}

/// <summary>Runs after all other tests, one test at a time.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
