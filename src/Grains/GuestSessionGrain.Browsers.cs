using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains;

public sealed partial class GuestSessionGrain
{
    public async Task<RecordResult> RecordFromBrowserAsync(BrowserEvent request)
    {
        if (NoRoom is { } refusal)
            return refusal;
        var result = await _door.EnterAsync(work => !request.AdmitsNew && work.State.Guest is null
            ? FirstSeen
            : Messages.ToResult(work.Do(Decider.Record(
                work.State, Messages.ToCommand(request, _tenant, time.GetUtcNow())))));
        if (result != FirstSeen)
            instruments.Recorded(_key.Tenant, result.Status);
        return result;
    }

    public async Task<bool> AwaitDeliveryAsync(string browserId, TimeSpan patience)
    {
        // What is at the disk was accepted before this call.
        await _door.EnterAsync(static work => work.State.IsPending);
        return await _watch.AwaitAsync(browserId, patience);
    }

    public Task<UpstreamBrowserId?> MapLocalAsync(string guest, UpstreamBrowserId? offered) => _door.EnterAsync(work =>
    {
        if (work.State.BrowserId is null && offered is not null)
            work.Do(Decider.MapLocal(
                work.State, guest, offered.BrowserId, offered.CustomerReference, time.GetUtcNow()));
        return work.State.BrowserId is { } browserId
            ? new UpstreamBrowserId(browserId, work.State.CustomerReference)
            : null;
    });

    private static RecordResult FirstSeen { get; } = new(RecordStatus.Retry, Code: BrowserEvent.FirstSeen);
}
