using System.Text;

namespace GuestSessions.Bench.Baseline;

public interface IBaselineGrain : IGrainWithStringKey
{
    Task<bool> RecordAsync(string eventId, byte[] body);
}

/// <summary>What a team would keep of a guest.</summary>
[GenerateSerializer]
public sealed class BaselineState
{
    public const int KeptIds = 50;

    [Id(0)] public List<string> EventIds { get; set; } = [];
    [Id(1)] public List<string> Pending { get; set; } = [];
    [Id(2)] public string? BrowserId { get; set; }
}

/// <summary>
/// What a team would build first: a grain whose state is the guest, written whole for each event, deduplicated by a list
/// of ids, delivered one after another by the grain itself, each outcome written again.
/// </summary>
public sealed class BaselineGrain(
    [PersistentState("guest")] IPersistentState<BaselineState> guest, HttpClient upstream) : Grain, IBaselineGrain
{
    private Task _delivering = Task.CompletedTask;
    private Task _writing = Task.CompletedTask;

    public async Task<bool> RecordAsync(string eventId, byte[] body)
    {
        if (guest.State.EventIds.Contains(eventId))
            return false;
        guest.State.EventIds.Add(eventId);
        if (guest.State.EventIds.Count > BaselineState.KeptIds)
            guest.State.EventIds.RemoveAt(0);
        guest.State.Pending.Add(Encoding.UTF8.GetString(body));
        await WriteAsync();
        if (_delivering.IsCompleted)
            _delivering = DeliverAsync();
        return true;
    }

    private async Task DeliverAsync()
    {
        guest.State.BrowserId ??= await upstream.GetStringAsync("/v1.2/browser/create.json");
        while (guest.State.Pending.Count > 0)
        {
            using var content = new StringContent(guest.State.Pending[0], Encoding.UTF8, "application/json");
            using var answer = await upstream.PostAsync("/v1.2/events", content);
            if (!answer.IsSuccessStatusCode)
                return;
            guest.State.Pending.RemoveAt(0);
            await WriteAsync();
        }
    }

    /// <summary>One write at a time: it records while it delivers, and the storage checks the etag.</summary>
    private Task WriteAsync()
    {
        return _writing = AfterAsync(_writing);

        async Task AfterAsync(Task last)
        {
            await last;
            await guest.WriteStateAsync();
        }
    }
}
