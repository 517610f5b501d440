using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

public sealed partial class FakeGuest
{
    /// <summary>What came from browsers and was recorded, in order.</summary>
    public List<BrowserEvent> FromBrowsers { get; } = [];

    /// <summary>Answers events of browsers before the session looks at them, by their quarantine code.</summary>
    public Func<BrowserEvent, RecordResult?> BrowserEffect { get; set; } = static _ => null;

    /// <summary>Whether it was seen before the test.</summary>
    public bool WasSeen { get; set; }

    /// <summary>Completes when its line is empty.</summary>
    public Task<bool> Delivered { get; set; } = Task.FromResult(true);

    public UpstreamBrowserId? Mapped { get; set; }

    public async Task<RecordResult> RecordFromBrowserAsync(BrowserEvent request)
    {
        Check();
        if (!request.AdmitsNew && !WasSeen)
            return new RecordResult(RecordStatus.Retry, Code: BrowserEvent.FirstSeen);
        WasSeen = true;
        await cluster.Held;
        if (BrowserEffect(request) is { } result)
            return result;
        lock (FromBrowsers)
            FromBrowsers.Add(request);
        return new RecordResult(RecordStatus.Accepted, FromBrowsers.Count);
    }

    public Task<bool> AwaitDeliveryAsync(string browserId, TimeSpan patience)
    {
        Check();
        return Delivered;
    }

    public Task<UpstreamBrowserId?> MapLocalAsync(string guest, UpstreamBrowserId? offered)
    {
        Check();
        return Task.FromResult(Mapped ??= offered);
    }
}
