using GuestSessions.Core.Delivery;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Grains.Guests.Browsers;

/// <summary>
/// Propagates drains between guests. It commits a drain as soon as it is true, notifies the guests that asked, and asks the
/// guests that this guest waits for until they confirm. Asking alone is sufficient; the notification makes it fast.
/// </summary>
internal sealed partial class DrainWatch(SessionCommitter committer, GuestPorts ports, IGuestActivation activation)
    : ICommitParticipant, IDisposable
{
    /// <summary>Maximum number of guests that are notified. Further guests learn the answer when they ask again.</summary>
    private const int MostAskers = 256;

    private static readonly BackOff BetweenQuestions = new(First: TimeSpan.FromSeconds(1), Longest: TimeSpan.FromSeconds(30));
    private static readonly TimeSpan KeepBusy = TimeSpan.FromMinutes(5);

    // Few guests ever wait for another one.
    private CancellationTokenSource? _asking;
    private HashSet<(string BrowserId, long Generation)>? _asked;
    private HashSet<DrainQuery>? _askers;
    private bool _isStopped;

    /// <summary>Continues where the last activation ended.</summary>
    public Task BeginAsync() => committer.ReadAsync(state => AskAll(state, asked: 0));

    public void Dispose()
    {
        if (_isStopped)
            return;
        _isStopped = true;
        _asking?.Cancel();
    }

    /// <summary>Remembers a guest that waits for a drain.</summary>
    public void Note(DrainQuery query)
    {
        if (_askers is null || _askers.Count < MostAskers)
            (_askers ??= []).Add(query);
    }

    public void OnCommitting(SessionWork work) => work.Do(Decider.Drain(work.State, committer.Clock.GetUtcNow()));

    public void OnCommitted(GuestSession state)
    {
        if (_isStopped)
            return;
        AskAll(state, asked: 1);
        if (_askers is not null)
            TellAskers(state, _askers);
    }

    private void TellAskers(GuestSession state, HashSet<DrainQuery> askers)
    {
        foreach (var asker in askers
            .Where(asker => !state.Browsers.IsBusyUpTo(asker.BrowserId, asker.Generation)).ToList())
        {
            askers.Remove(asker);
            _ = TellAsync(asker);
        }

        if (askers.Count == 0)
            _askers = null;
    }

    private async Task TellAsync(DrainQuery query)
    {
        try
        {
            await ports.Peers.ReportDrainedAsync(GuestKey.Parse(query.By), query);
        }
        catch (Exception exception)
        {
            // The waiting guest asks again.
            LogNotTold(ports.Logger, committer.Key.HashText, exception);
        }
    }

    /// <param name="asked">Number of questions that count as asked already; zero asks at once.</param>
    private void AskAll(GuestSession state, int asked)
    {
        if (!state.Browsers.IsWaiting)
            return;
        foreach (var link in state.Browsers.All.Where(static link => !link.IsClear).ToList())
        {
            if ((_asked ??= []).Add((link.BrowserId, link.Generation)))
                _ = AskAsync(link, asked);
        }
    }

    private async Task AskAsync(BrowserLink link, int asked)
    {
        var query = new DrainQuery(link.BrowserId, link.Generation - 1, committer.Key.ToString());
        var before = GuestKey.Parse(link.From!);
        try
        {
            do
            {
                var delay = BetweenQuestions.After(asked++);
                activation.KeepAlive(delay + KeepBusy);
                await Task.Delay(delay, committer.Clock, (_asking ??= new CancellationTokenSource()).Token);
                if (await IsWaitingAsync(link) && await IsDrainedAsync(before, query))
                    await committer.EnterAsync(work => work.Do(Decider.Clear(
                        work.State, link.BrowserId, link.Generation, committer.Clock.GetUtcNow())));
            }
            while (await IsWaitingAsync(link));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SessionUnavailableException)
        {
            // The committer broke or the activation ends. The next activation asks.
        }
        finally
        {
            _asked!.Remove((link.BrowserId, link.Generation));
        }
    }

    private async Task<bool> IsWaitingAsync(BrowserLink link) => !_isStopped
        && await committer.ReadAsync(state => state.Browsers.Find(link.BrowserId, link.Generation) is { IsClear: false });

    private async Task<bool> IsDrainedAsync(GuestKey before, DrainQuery query)
    {
        try
        {
            return await ports.Peers.HasDrainedAsync(before, query);
        }
        catch (Exception exception)
        {
            LogNotAnswered(ports.Logger, committer.Key.HashText, exception);
            return false;
        }
    }

    [LoggerMessage(2340, LogLevel.Debug, "A guest that waits for guest {Guest} could not be notified; it asks again.")]
    private static partial void LogNotTold(ILogger logger, string guest, Exception exception);

    [LoggerMessage(2341, LogLevel.Debug, "Guest {Guest} got no answer from the guest it waits for; it asks again.")]
    private static partial void LogNotAnswered(ILogger logger, string guest, Exception exception);
}
