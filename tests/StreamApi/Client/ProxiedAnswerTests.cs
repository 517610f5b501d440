using GuestSessions.Core.Delivery;
using GuestSessions.StreamApi.Tests.Fixtures;

namespace GuestSessions.StreamApi.Tests.Client;

/// <summary>What a proxy did to an answer does not make a delivered event one that is in doubt.</summary>
public sealed class ProxiedAnswerTests
{
    public static TheoryData<string> Names => [.. ProxiedAnswer.All.Select(static answer => answer.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_201_counts_as_delivered_if_and_only_if_a_whole_JSON_object_can_be_read(string name)
    {
        var answer = ProxiedAnswer.All.Single(one => one.Name == name);
        await using var server = new RawServer(answer.Reply);
        using var client = Clients.For(server.Url);

        var report = await client.SendAsync(Clients.View(), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal((answer.Outcome, 201, answer.Error), (report.Outcome, report.Status, report.Error));
        Assert.Equal(answer.Outcome == AttemptOutcome.Delivered ? "r-1" : null, report.Reference);
        Assert.Single(server.Requests);
    }
}
