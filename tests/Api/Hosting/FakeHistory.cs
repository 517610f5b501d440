using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>The slices that a test puts into it.</summary>
public sealed class FakeHistory : ITenantHistoryGrain
{
    public List<HistoryView> Slices { get; } = [];

    /// <summary>Thrown by reads while it is set.</summary>
    public Exception? Fault { get; set; }

    public Task<IReadOnlyList<HistoryView>> ReadAsync() =>
        Fault is { } fault ? Task.FromException<IReadOnlyList<HistoryView>>(fault) : Task.FromResult<IReadOnlyList<HistoryView>>([.. Slices]);
}
