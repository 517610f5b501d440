using GuestSessions.Core.Guests;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Sessions;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Linking;

/// <summary>
/// Brings drains from line to line: commits them as soon as they are true, tells those who asked, and asks those this
/// guest waits for until they say yes. The asking alone is enough; the telling makes it quick.
/// </summary>
/// <param name="stayAlive">Keeps the activation from being collected for that long.</param>
public sealed partial class DrainWatch(
    GuestKey key, SessionDoor door, ILines lines, Action<TimeSpan> stayAlive, ILogger logger)
    : ICommitRider, IDisposable
{
    /// <summary>Those who asked and are told; more of them find out by asking again.</summary>
    private const int MostAskers = 256;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KeepBusy = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _stopped = new();
    private readonly HashSet<DrainQuery> _askers = [];
    private readonly HashSet<(string BrowserId, long Generation)> _asking = [];

    /// <summary>Begins where the last activation ended.</summary>
    public void Begin() => AskAll(TimeSpan.Zero);

    public void Dispose()
    {
        if (_stopped.IsCancellationRequested)
            return;
        _stopped.Cancel();
        _stopped.Dispose();
    }

    /// <summary>Somebody waits for a drain.</summary>
    public void Note(DrainQuery query)
    {
        if (_askers.Count < MostAskers)
            _askers.Add(query);
    }

    public void Ride(SessionWork work) => work.Do(Decider.Drain(work.State, door.Clock.GetUtcNow()));

    public void Committed()
    {
        if (_stopped.IsCancellationRequested)
            return;
        AskAll(FirstDelay);
        if (_askers.Count == 0)
            return;
        foreach (var asker in _askers.Where(IsOver).ToList())
        {
            _askers.Remove(asker);
            _ = TellAsync(asker);
        }
    }

    private bool IsOver(DrainQuery query) => !door.State.Browsers.IsBusyUpTo(query.BrowserId, query.Generation);

    private async Task TellAsync(DrainQuery query)
    {
        try
        {
            await lines.TellDrainedAsync(GuestKey.Parse(query.By), query);
        }
        catch (Exception exception)
        {
            // It asks again.
            LogNotTold(key.HashText, exception);
        }
    }

    private void AskAll(TimeSpan delay)
    {
        if (!door.State.Browsers.IsWaiting)
            return;
        foreach (var link in door.State.Browsers.All.Where(static link => !link.IsClear).ToList())
        {
            if (_asking.Add((link.BrowserId, link.Generation)))
                _ = AskAsync(link, delay);
        }
    }

    private async Task AskAsync(BrowserLink link, TimeSpan delay)
    {
        var query = new DrainQuery(link.BrowserId, link.Generation - 1, key.ToString());
        var before = GuestKey.Parse(link.From!);
        try
        {
            for (; IsWaiting(link); delay = Next(delay))
            {
                stayAlive(delay + KeepBusy);
                await Task.Delay(delay, door.Clock, _stopped.Token);
                if (IsWaiting(link) && await IsDrainedAsync(before, query))
                    await door.EnterAsync(work => work.Do(Decider.Clear(
                        work.State, link.BrowserId, link.Generation, door.Clock.GetUtcNow())));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SessionUnavailableException)
        {
            // The door broke, or the activation ends: the next one asks.
        }
        finally
        {
            _asking.Remove((link.BrowserId, link.Generation));
        }
    }

    private bool IsWaiting(BrowserLink link) => !_stopped.IsCancellationRequested
        && door.State.Browsers.Find(link.BrowserId, link.Generation) is { IsClear: false };

    private async Task<bool> IsDrainedAsync(GuestKey before, DrainQuery query)
    {
        try
        {
            return await lines.HasDrainedAsync(before, query);
        }
        catch (Exception exception)
        {
            LogNotAnswered(key.HashText, exception);
            return false;
        }
    }

    [LoggerMessage(2340, LogLevel.Debug, "A guest that waits for guest {Guest} was not told; it asks again.")]
    private partial void LogNotTold(string guest, Exception exception);

    [LoggerMessage(2341, LogLevel.Debug, "Guest {Guest} got no answer from the guest it waits for; it asks again.")]
    private partial void LogNotAnswered(string guest, Exception exception);

    private static TimeSpan Next(TimeSpan delay) =>
        delay < FirstDelay ? FirstDelay : delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
}
