using GuestSessions.Core.Operations;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

public sealed partial class FakeGuest
{
    /// <summary>What a dry run shows; null is a guest never seen.</summary>
    public ReplayPreview? Preview { get; set; }

    public (ReplayRange Range, int Limit) AskedPreview { get; private set; }

    public Task<long?> BeginReplayAsync(string operation, ReplayRange range, ActMessage act)
    {
        Check();
        return Task.FromResult(View is null ? null : (long?)Math.Min(range.Last, View.LastSequence));
    }

    public Task<ReplayProgressMade> StepReplayAsync(string operation, ReplayRange range, long from) =>
        throw new NotSupportedException("Operations do this.");

    public bool HasOrders { get; set; }

    public Task<bool> HasOrdersAsync(ReplayRange range) => Task.FromResult(HasOrders);

    public Task<ReplayPreview?> PreviewReplayAsync(ReplayRange range, int limit)
    {
        Check();
        AskedPreview = (range, limit);
        return Task.FromResult(Preview);
    }
}
