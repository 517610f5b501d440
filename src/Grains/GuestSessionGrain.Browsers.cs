using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Linking;
using GuestSessions.Grains.Sessions;

namespace GuestSessions.Grains;

public sealed partial class GuestSessionGrain
{
    public async Task<RecordResult> RecordFromBrowserAsync(BrowserEvent request)
    {
        if (NoRoomForLast is { } refusal)
            return refusal;
        var (end, result) = await _linking.EnterAsync(request.Guest, take: false, work => TryRecord(work, request));
        if (end == BrowserEnd.Moved)
        {
            // Sent here before without an answer, it may have been recorded by an activation this one knows nothing of.
            await _door.VerifyAsync(CancellationToken.None);
            return Moved;
        }

        result ??= BrowserBusy;
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

    public Task<UpstreamBrowserId?> MapLocalAsync(string guest, UpstreamBrowserId? offered) =>
        _linking.MapLocalAsync(guest, offered);

    private BrowserStep<RecordResult> TryRecord(SessionWork work, BrowserEvent request)
    {
        if (!request.AdmitsNew && work.State.Guest is null)
            return new(FirstSeen, []);
        var decision = Decider.Record(work.State, Messages.ToCommand(request, _tenant, Now));
        return decision.Result.Verdict == RecordVerdict.NeedsBrowser
            ? new(null, [request.Event.BrowserId!])
            : new(Messages.ToResult(work.Do(decision)), []);
    }

    private static RecordResult FirstSeen { get; } = new(RecordStatus.Retry, Code: BrowserEvent.FirstSeen);

    private static RecordResult Moved { get; } = new(RecordStatus.Retry, Code: BrowserEvent.Moved);
}
