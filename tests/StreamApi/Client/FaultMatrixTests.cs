using System.Security.Cryptography.X509Certificates;
using GuestSessions.Core.Delivery;
using GuestSessions.StreamApi.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.StreamApi.Tests.Client;

/// <summary>
/// Every fault, on a fresh and on a pooled connection, over HTTP/1.1 and HTTP/2: exactly the class, and exactly one
/// request.
/// </summary>
public sealed class FaultMatrixTests
{
    private static readonly X509Certificate2 Certificate = Certificates.New();

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    public static TheoryData<string, bool, bool> Matrix
    {
        get
        {
            var rows = new TheoryData<string, bool, bool>();
            foreach (var fault in Fault.All)
            {
                foreach (var http2 in new[] { false, true })
                {
                    if (!fault.Over.HasFlag(http2 ? Speaks.Http2 : Speaks.Http1))
                        continue;
                    rows.Add(fault.Name, http2, false);
                    rows.Add(fault.Name, http2, true);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task A_fault_has_its_class_and_costs_one_request(string name, bool http2, bool pooled)
    {
        var fault = Fault.All.Single(fault => fault.Name == name);
        await using var server = Serve(http2, pooled ? [Replies.Created, fault.Reply] : [fault.Reply]);
        using var client = Clients.For(server.Url, _time, Trust);
        if (pooled)
            Assert.Equal(AttemptOutcome.Delivered, (await SendAsync(client, server)).Outcome);

        var report = await SendAsync(client, server);

        // What came just before the end may or may not have been read by then.
        var expected = fault.IfUnread is { } error && report.Status is null
            ? fault with { Status = null, Error = error }
            : fault;
        Assert.Equal((expected.Outcome, expected.Status, expected.Error), (report.Outcome, report.Status, report.Error));
        Assert.Equal(pooled ? 2 : 1, server.Requests.Count);
        Assert.Equal(pooled ? ConnectionUse.Pooled : ConnectionUse.Fresh, report.Connection);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_the_tenant_says_so_503_means_not_applied(bool http2)
    {
        await using var server = Serve(http2, [Replies.Answer(503, "{}", ("Retry-After", "3")), Replies.Answer(500, "{}")]);
        using var client = Clients.For(
            server.Url, _time, Trust, tenant => tenant.StreamApi.UnavailableIsNotApplied = true);

        var unavailable = await SendAsync(client, server);
        var failed = await SendAsync(client, server);

        Assert.Equal((AttemptOutcome.NotApplied, 503), (unavailable.Outcome, unavailable.Status));
        Assert.Equal(TimeSpan.FromSeconds(3), unavailable.RetryAfter);
        Assert.Equal(AttemptOutcome.InDoubt, failed.Outcome);
    }

    private static RawServer Serve(bool http2, Reply[] replies) =>
        http2 ? RawServer.Http2(Certificate, replies) : new RawServer(replies);

    /// <remarks>The time to connect is real time, and this is not about it.</remarks>
    private static void Trust(SocketsHttpHandler handler)
    {
        handler.ConnectTimeout = Timeout.InfiniteTimeSpan;
        Certificates.Trust(Certificate)(handler);
    }

    /// <summary>Sends, and lets the time run out when the server hangs.</summary>
    private async Task<AttemptReport> SendAsync(StreamClient client, RawServer server)
    {
        var sending = client.SendAsync(Clients.View(), CancellationToken.None);
        await Eventually.TrueAsync(() => sending.IsCompleted || server.IsHanging);
        if (server.IsHanging)
            _time.Advance(Clients.WholeTimeout);
        return await sending.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
