using GuestSessions.Core.Delivery;

namespace GuestSessions.Grains.Tests;

/// <summary>An upstream that answers when the test says so.</summary>
internal sealed class FakeStreamClient : IStreamClient
{
    private readonly Queue<TaskCompletionSource<AttemptReport>> _waiting = new();

    public List<SendRequest> Sent { get; } = [];

    public CircuitStatus Status { get; set; }

    public Task<AttemptReport> SendAsync(SendRequest request, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<AttemptReport>();
        Sent.Add(request);
        _waiting.Enqueue(answer);
        return answer.Task;
    }

    public Task<BrowserIdReport> CreateBrowserIdAsync(string tenant, CancellationToken cancellation) =>
        Task.FromResult(new BrowserIdReport("browser-1", null, Report(AttemptOutcome.Delivered)));

    public CircuitStatus Circuit(string tenant) => Status;

    /// <summary>Answers the request that waits longest.</summary>
    public void Answer(AttemptOutcome outcome) => _waiting.Dequeue().SetResult(Report(outcome));

    public static AttemptReport Report(AttemptOutcome outcome) => new() { Outcome = outcome };
}
