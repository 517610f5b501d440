using System.IO.Pipelines;
using GuestSessions.Api.Overload;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Api.Tests.Overload;

public sealed class ArrivalsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Arrivals _arrivals;

    public ArrivalsTests() => _arrivals = new Arrivals(new ArrivalOptions { UnfinishedPerAddress = 1 }, _time);

    public static TheoryData<Exception> Ends =>
    [
        new ConnectionResetException("Broken pipe"), new ObjectDisposedException("body"), new TaskCanceledException(),
    ];

    [Theory]
    [MemberData(nameof(Ends))]
    public void A_sender_that_left_harms_nobody_for_whom_it_has_to_give_way(Exception end)
    {
        var gone = _arrivals.Begin("10.0.0.1", new GoneBody(end));

        var next = _arrivals.Begin("10.0.0.1", PipeReader.Create(Stream.Null));

        Assert.Equal(ArrivalEnd.GaveWay, _arrivals.End(gone));
        Assert.Equal(ArrivalEnd.Whole, _arrivals.End(next));
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void A_sender_that_left_harms_no_timer(Exception end)
    {
        var gone = _arrivals.Begin("10.0.0.1", new GoneBody(end));

        _time.Advance(TimeSpan.FromHours(1)); // On a timer's thread an exception would end the process.

        Assert.Equal(ArrivalEnd.Late, _arrivals.End(gone));
    }

    /// <summary>The body of a request that has ended, as the server behaves.</summary>
    private sealed class GoneBody(Exception end) : PipeReader
    {
        public override void CancelPendingRead() => throw end;

        public override void AdvanceTo(SequencePosition consumed)
        {
        }

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => throw end;

        public override bool TryRead(out ReadResult result) => throw end;
    }
}
