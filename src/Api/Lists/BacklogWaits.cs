using GuestSessions.Api.Delivery;
using GuestSessions.Api.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Lists;

/// <summary>
/// Reads why the guests of a backlog do not move. It asks the tenant once. Only if the tenant's delivery is not stopped does
/// it ask each guest of the page.
/// </summary>
internal sealed class BacklogWaits(GuestGrains guests)
{
    /// <summary>Guests asked in parallel.</summary>
    private const int AtOnce = 16;

    public async Task<IReadOnlyDictionary<string, WaitView?>> ReadAsync(string tenant, IReadOnlyList<ListedBacklog> page)
    {
        Dictionary<string, WaitView?> waits = [];
        if (page.Count == 0)
            return waits;
        var all = WaitView.Of(await guests.Tenant(tenant).ReadAsync());
        foreach (var asked in page.Chunk(AtOnce))
        {
            var answers = await Task.WhenAll(asked.Select(item => WaitOfAsync(tenant, item, all)));
            for (var i = 0; i < asked.Length; i++)
                waits[asked[i].Name] = answers[i];
        }

        return waits;
    }

    public static BacklogBody Body(ListedBacklog item, IReadOnlyDictionary<string, WaitView?> waits)
    {
        var wait = waits[item.Name];
        var body = WaitBody.Of(wait);
        return new BacklogBody(
            item.Name, item.Undelivered, item.WaitingSince, wait?.Code == WaitCode.Sending ? null : body?.Code, item.IsHot)
        {
            Waiting = body,
        };
    }

    private async Task<WaitView?> WaitOfAsync(string tenant, ListedBacklog item, WaitView? all) => item.Block switch
    {
        StepNames.Paused => new WaitView(WaitCode.Paused),
        StepNames.RefusedWaits => new WaitView(WaitCode.RefusedWaits),
        StepNames.SetAsideFull => new WaitView(WaitCode.SetAsideFull),
        _ => all ?? await guests.For(tenant, item.Name).ReadWaitAsync(),
    };
}
