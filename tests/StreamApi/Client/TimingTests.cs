using System.Net;
using System.Net.Sockets;
using GuestSessions.Core.Delivery;
using GuestSessions.StreamApi.Tests.Fixtures;
using GuestSessions.StreamApi.Wire;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.StreamApi.Tests.Client;

/// <summary>
/// Before the first byte, or after it: that decides what a time-out or a cancellation means.
/// </summary>
public sealed class TimingTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_time_out_after_the_write_is_in_doubt()
    {
        await using var server = new RawServer(Replies.Hang);
        using var client = Clients.For(server.Url, _time);
        var sending = client.SendAsync(Clients.View(), CancellationToken.None);
        await server.NextRequestAsync();
        _time.Advance(Clients.WholeTimeout);
        var report = await sending;
        Assert.Equal((AttemptOutcome.InDoubt, "response_timeout"), (report.Outcome, report.Error));
        Assert.Equal(Clients.WholeTimeout, report.Duration);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_peer_that_takes_the_connection_and_never_reads_leaves_a_doubt()
    {
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        using var client = Clients.For($"http://{deaf.LocalEndpoint}", _time);
        var sending = client.SendAsync(Clients.View(), CancellationToken.None);
        using var socket = await deaf.AcceptSocketAsync();
        await Eventually.TrueAsync(() => socket.Available > 0);
        _time.Advance(Clients.WholeTimeout);
        var report = await sending;
        Assert.Equal((AttemptOutcome.InDoubt, "response_timeout"), (report.Outcome, report.Error));
    }

    [Fact]
    public async Task A_time_out_before_there_is_a_connection_means_not_applied()
    {
        using var client = Clients.For("http://127.0.0.1:1", _time, NeverConnects(out var connecting));
        var sending = client.SendAsync(Clients.View(), CancellationToken.None);
        await connecting;
        _time.Advance(Clients.WholeTimeout);
        var report = await sending;
        Assert.Equal((AttemptOutcome.NotApplied, "connect_timeout"), (report.Outcome, report.Error));
    }

    [Fact]
    public async Task A_caller_who_gives_up_after_the_write_leaves_a_doubt()
    {
        await using var server = new RawServer(Replies.Hang);
        using var client = Clients.For(server.Url, _time);
        using var giveUp = new CancellationTokenSource();
        var sending = client.SendAsync(Clients.View(), giveUp.Token);
        await server.NextRequestAsync();
        await giveUp.CancelAsync();
        var report = await sending;
        Assert.Equal((AttemptOutcome.InDoubt, "cancelled"), (report.Outcome, report.Error));
    }

    [Fact]
    public async Task A_caller_who_gives_up_before_the_write_leaves_none()
    {
        using var client = Clients.For("http://127.0.0.1:1", _time, NeverConnects(out var connecting));
        using var giveUp = new CancellationTokenSource();
        var sending = client.SendAsync(Clients.View(), giveUp.Token);
        await connecting;
        await giveUp.CancelAsync();
        var report = await sending;
        Assert.Equal((AttemptOutcome.Unsent, "cancelled"), (report.Outcome, report.Error));
    }

    [Fact]
    public async Task A_caller_who_gave_up_at_once_sends_nothing()
    {
        await using var server = new RawServer(Replies.Created);
        using var client = Clients.For(server.Url, _time);
        var report = await client.SendAsync(Clients.View(), new CancellationToken(canceled: true));
        Assert.Equal((AttemptOutcome.Unsent, "cancelled"), (report.Outcome, report.Error));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_start_whose_validity_is_over_is_not_sent()
    {
        await using var server = new RawServer(Replies.Created);
        using var client = Clients.For(server.Url, _time);
        var validUntil = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var report = await client.SendAsync(Clients.View(validUntil: validUntil), CancellationToken.None);
        Assert.Equal((AttemptOutcome.Unsent, "start_expired"), (report.Outcome, report.Error));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task A_start_whose_validity_ends_while_it_connects_is_not_sent()
    {
        await using var server = new RawServer(Replies.Created);
        using var client = Clients.For(server.Url, _time, handler => handler.ConnectCallback = async (_, ct) =>
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPEndPoint.Parse(new Uri(server.Url).Authority), ct);
            return new NetworkStream(socket, ownsSocket: true);
        });
        var validUntil = _time.GetTimestamp() + _time.TimestampFrequency;
        var report = await client.SendAsync(Clients.View(validUntil: validUntil), CancellationToken.None);
        Assert.Equal((AttemptOutcome.Unsent, "start_expired"), (report.Outcome, report.Error));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_failure_that_meets_the_time_out_counts_as_the_time_out()
    {
        var over = new CancellationToken(canceled: true);
        var lost = new HttpRequestException("lost");
        Assert.Equal(WireEnd.TimedOut, WireFailure.EndOf(lost, CancellationToken.None, over));
        Assert.Equal(WireEnd.Cancelled, WireFailure.EndOf(lost, over, over));
        Assert.Equal(WireEnd.ConnectionLost, WireFailure.EndOf(lost, CancellationToken.None, CancellationToken.None));
    }

    private static Action<SocketsHttpHandler> NeverConnects(out Task connecting)
    {
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connecting = began.Task;
        return handler =>
        {
            handler.ConnectTimeout = Timeout.InfiniteTimeSpan;
            handler.ConnectCallback = async (_, cancellation) =>
            {
                began.SetResult();
                var never = new TaskCompletionSource<Stream>();
                return await never.Task.WaitAsync(cancellation);
            };
        };
    }
}
