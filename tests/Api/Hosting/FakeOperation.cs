using GuestSessions.Core.Operations;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>An operation that is as far as a test says.</summary>
public sealed class FakeOperation(FakeCluster cluster, string key) : IOperationGrain
{
    public OperationView? View { get; set; }

    /// <summary>How often it was asked to begin.</summary>
    public int Begun { get; private set; }

    public (string? Type, string? Code, ActMessage Act) Asked { get; private set; }

    public BulkRequest? AskedBulk { get; private set; }

    public Task<OperationView> ActAsync(BulkRequest bulk, ActMessage act, string? request)
    {
        if (cluster.Fault is { } fault)
            throw fault;
        (AskedBulk, Asked) = (bulk, (bulk.Type, bulk.Code, act));
        Begun++;
        View ??= new OperationView(key.Split('/')[1], bulk.Kind, ApiHost.Now, null, null, 0, 0) { Request = request };
        return Task.FromResult(View);
    }

    public (IReadOnlyList<string> Lines, ReplayRange Range, ActMessage Act) AskedReplay { get; private set; }

    public async Task<OperationView?> ReplayAsync(IReadOnlyList<string> lines, ReplayRange range, ActMessage act, string? request)
    {
        AskedReplay = (lines, range, act);
        Begun++;
        View ??= await cluster.Guest(lines[^1]).BeginReplayAsync(key, range, act) is { } last
            ? new OperationView(key.Split('/')[1], "replay", ApiHost.Now, null, last - range.First + 1, 0, 0)
            {
                Request = request,
            }
            : null;
        return View;
    }

    public Task<OperationView?> ReadAsync() => cluster.Fault is { } fault ? throw fault : Task.FromResult(View);

    public List<OperationItem> Items { get; } = [];

    public ActMessage? AskedCancel { get; private set; }

    public Task<OperationView?> CancelAsync(ActMessage act)
    {
        AskedCancel = act;
        if (View is { EndedAt: null } view)
            View = view with { EndedAt = ApiHost.Now, Cancelled = act.At(ApiHost.Now) };
        return Task.FromResult(View);
    }

    public Task<IReadOnlyList<OperationItem>> ReadItemsAsync(long after, int limit) =>
        Task.FromResult<IReadOnlyList<OperationItem>>([.. Items.Skip((int)after).Take(limit)]);

    public (IReadOnlyList<string> Guests, ActMessage Act) AskedErasure { get; private set; }

    public Task<OperationView> EraseAsync(IReadOnlyList<string> guests, ActMessage act, string? request)
    {
        AskedErasure = (guests, act);
        Begun++;
        View ??= new OperationView(key.Split('/')[1], "erasure", ApiHost.Now, null, guests.Count, 0, 0) { Request = request };
        return Task.FromResult(View);
    }

    public Task<OperationView> ExportAsync(string guest, ActMessage act, string? request)
    {
        Begun++;
        View ??= new OperationView(key.Split('/')[1], "export", ApiHost.Now, null, null, 0, 0) { Request = request };
        return Task.FromResult(View);
    }

    /// <summary>The file that can be taken once.</summary>
    public byte[]? File { get; set; }

    public Task<byte[]?> TakeFileAsync(ActMessage act)
    {
        var file = File;
        File = null;
        return Task.FromResult(file);
    }

    public Task<OperationView?> RecordDoneUpstreamAsync(ActMessage act) => Task.FromResult(View);

    public Task ForgetAsync() => Task.CompletedTask;

    public Task EnsureRunningAsync() => Task.CompletedTask;
}
