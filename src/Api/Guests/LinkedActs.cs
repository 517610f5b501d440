using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Guests;

/// <summary>
/// Acts of people on what they read: on an event in any line of a guest, and on a guest together with the browsers it was
/// named for.
/// </summary>
internal sealed class LinkedActs(GuestGrains guests, LinkedGuests links)
{
    /// <returns>The result, and the line that has the event; null for the guest's own line.</returns>
    public async Task<(ActAnswer Answer, string? Line)> DoAsync(
        string tenant, string guest, string eventId, Func<IGuestGrain, Task<ActAnswer>> act)
    {
        var name = await links.NameOfAsync(tenant, guest);
        var own = await act(guests.For(tenant, name));
        if (own.Status != ActStatus.NotFound
            || await links.FindInLinesAsync(tenant, name, eventId) is not var (_, line))
            return (own, null);
        return (await act(guests.For(tenant, line)), line);
    }

    /// <summary>Null when the guest was never seen.</summary>
    public async Task<(string Guest, PauseAnswer Pause)?> PauseAsync(string tenant, string guest, ActMessage act)
    {
        var name = await links.NameOfAsync(tenant, guest);
        if (await guests.For(tenant, name).PauseAsync(act) is not { } pause)
            return null;
        var lines = await Task.WhenAll((await LinesOfAsync(tenant, name)).Select(
            line => guests.For(tenant, line).PauseAsync(act)));
        return (name, pause with { InFlight = pause.InFlight + lines.Sum(static line => line?.InFlight ?? 0) });
    }

    /// <summary>Null when the guest was never seen.</summary>
    public async Task<string?> ResumeAsync(string tenant, string guest, ActMessage act)
    {
        var name = await links.NameOfAsync(tenant, guest);
        if (!await guests.For(tenant, name).ResumeAsync(act))
            return null;
        await Task.WhenAll((await LinesOfAsync(tenant, name)).Select(
            line => guests.For(tenant, line).ResumeAsync(act)));
        return name;
    }

    /// <summary>Closes the open sessions of every line; null when the guest was never seen.</summary>
    public async Task<(string Guest, CloseAnswer Closed)?> CloseAsync(string tenant, string guest, CloseRequest request)
    {
        var name = await links.NameOfAsync(tenant, guest);
        if (await guests.For(tenant, name).CloseSessionsAsync(request) is not { } own)
            return null;
        var lines = await Task.WhenAll((await LinesOfAsync(tenant, name)).Select(
            line => guests.For(tenant, line).CloseSessionsAsync(request)));
        CloseAnswer[] all = [own, .. lines.OfType<CloseAnswer>()];
        return (name, new CloseAnswer(
            all.Sum(static answer => answer.Closed), [.. all.SelectMany(static answer => answer.Sent)]));
    }

    private async Task<IReadOnlyList<string>> LinesOfAsync(string tenant, string guest) =>
        await guests.For(tenant, guest).ReadAsync() is { } view ? view.Lines : [];
}
