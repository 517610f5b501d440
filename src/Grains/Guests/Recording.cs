using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Guests.Browsers;

namespace GuestSessions.Grains.Guests;

/// <summary>Accepts the events of backends and SDKs.</summary>
internal sealed partial class Recording(
    SessionCommitter committer, GuestBrowsers browsers, GuestPorts ports, TenantOptions tenant, GuestRuntime guest)
{
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromHours(1);

    private static readonly RecordResult BrowserBusy = Admission.RetryIn(TimeSpan.FromSeconds(1), EventCodes.BrowserBusy);
    private static readonly RecordResult FirstSeen = new(RecordStatus.Retry, Code: BrowserEvent.FirstSeen);
    private static readonly RecordResult Moved = new(RecordStatus.Retry, Code: BrowserEvent.Moved);

    /// <summary>
    /// Events of SDKs that are being recorded, by id. A second call with the same event waits for the first, because "moved"
    /// promises that the event is not recorded here and never will be.
    /// </summary>
    private Dictionary<string, TaskCompletionSource>? _offers;

    private DateTimeOffset Now => committer.Clock.GetUtcNow();

    /// <summary>See <see cref="IGuestGrain.RecordAsync"/>.</summary>
    public async Task<RecordAnswer> RecordAsync(RecordRequest request)
    {
        if (Refusal is { } refusal)
            return new RecordAnswer([.. Enumerable.Repeat(refusal, request.Events.Count)]);
        if (await ports.Erased.FindIdentifiersAsync(Keyring, committer.Key.Tenant, request.Events) is { } erased)
            return await RecordOthersAsync(request, erased);
        // Nearly always, the guest owns the browsers already.
        var answer = (await committer.EnterAsync(
            (Recording: this, Request: request), static (work, call) => call.Recording.TryRecord(work, call.Request))).Result
            ?? await LinkAndRecordAsync(request);
        for (var i = 0; i < answer.Results.Count; i++)
            Note(answer.Results[i]);
        return ReusedIds.MustExplain(answer) ? await guest.Reused.ExplainAsync(request, answer) : answer;
    }

    private async Task<RecordAnswer> LinkAndRecordAsync(RecordRequest request)
    {
        if (await ports.Erased.FindBrowsersAsync(Keyring, committer.Key.Tenant, request.Events) is { } erased)
            return await RecordOthersAsync(request, erased);
        var (_, answer) = await browsers.EnterAsync(
            request.Guest, BrowserGuests.Is(request.Guest) ? ClaimKind.Free : ClaimKind.Take, work => TryRecord(work, request));
        return answer ?? new RecordAnswer([.. Enumerable.Repeat(BrowserBusy, request.Events.Count)]);
    }

    /// <summary>See <see cref="IGuestGrain.RecordFromBrowserAsync"/>.</summary>
    public async Task<RecordResult> RecordFromBrowserAsync(BrowserEvent request)
    {
        if (RefusalOfLastChance is { } refusal)
            return refusal;
        if (request.Event.Content.Identifiers is { Count: > 0 } identifiers
            && await ports.Erased.AreErasedAsync(Keyring, committer.Key.Tenant, identifiers))
            return Erased;
        var eventId = request.Event.EventId;
        while (_offers is not null && _offers.TryGetValue(eventId, out var earlier))
            await earlier.Task;
        var offer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (_offers ??= new(StringComparer.Ordinal)).Add(eventId, offer);
        try
        {
            return await OfferAsync(request);
        }
        finally
        {
            _offers.Remove(eventId);
            if (_offers.Count == 0)
                _offers = null;
            offer.SetResult();
        }
    }

    private async Task<RecordResult> OfferAsync(BrowserEvent request)
    {
        var (end, result) = await browsers.EnterAsync(request.Guest, ClaimKind.Free, work => TryRecord(work, request));
        result = end == BrowserEnd.Moved ? await MovedAsync() : result ?? BrowserBusy;
        if (result != FirstSeen && result != Moved)
            Note(result);
        return result;
    }

    /// <summary>See <see cref="IGuestGrain.IdentifyAsync"/>.</summary>
    public async Task<IdentifyAnswer> IdentifyAsync(IdentifyRequest request)
    {
        if (Refusal is { } refusal)
            return new IdentifyAnswer(refusal, request.EventId, 0);
        if (await ports.Erased.AreErasedAsync(Keyring, committer.Key.Tenant, request.Identifiers))
            return new IdentifyAnswer(Erased, request.EventId, 0);
        return await committer.EnterAsync(work =>
        {
            var queued = work.Do(Decider.Remember(work.State, Messages.ToCommand(request, tenant, Now))).Queued;
            return new IdentifyAnswer(
                queued is { } outcome ? Messages.ToResult(outcome) : null,
                queued is null ? null : request.EventId,
                work.State.Identifiers.Count);
        });
    }

    /// <summary>
    /// Answers that the browser belongs to another guest. It first verifies this activation: an earlier call may have
    /// recorded the event in a newer activation without an answer.
    /// </summary>
    private async Task<RecordResult> MovedAsync()
    {
        await committer.VerifyAsync(CancellationToken.None);
        return Moved;
    }

    private BrowserStep<RecordAnswer> TryRecord(SessionWork work, RecordRequest request)
    {
        if (MissingBrowsers(work.State, request) is { } missing)
            return new(null, missing);
        var answer = new RecordAnswer(RecordAll(work, request, tenant, Now));
        if (work.State.Dedup.ReachWhenFull(Now) < ShortestWindow)
            ports.Instruments.WindowIsShort(committer.Key.Tenant);
        return new(answer, []);
    }

    private BrowserStep<RecordResult> TryRecord(SessionWork work, BrowserEvent request)
    {
        if (!request.AdmitsNew && work.State.Guest is null)
            return new(FirstSeen, []);
        var decision = Decider.Record(work.State, Messages.ToCommand(request, tenant, Now));
        return decision.Result.Decision == RecordDecision.NeedsBrowser
            ? new(null, [request.Event.Content.BrowserId!])
            : new(Messages.ToResult(work.Do(decision)), []);
    }

    /// <summary>
    /// The browsers that the guest must own before it can accept the events; null if there are none. A duplicate needs no
    /// browser.
    /// </summary>
    private List<string>? MissingBrowsers(GuestSession state, RecordRequest request)
    {
        List<string>? missing = null;
        for (var i = 0; i < request.Events.Count; i++)
        {
            var message = request.Events[i];
            if (message.Content.BrowserId is { } browserId && state.Browsers.Held(browserId) is null
                && missing?.Contains(browserId, StringComparer.OrdinalIgnoreCase) is not true
                && Decider.NeedsBrowser(state, Messages.ToCommand(request, message, null, tenant, Now)))
                (missing ??= []).Add(browserId);
        }

        return missing;
    }

    /// <summary>Records the events of a request one after the other.</summary>
    /// <param name="isTrial">See <see cref="RecordEvent.IsTrial"/>.</param>
    public static List<RecordResult> RecordAll(
        SessionWork work, RecordRequest request, TenantOptions tenant, DateTimeOffset now, bool isTrial = false)
    {
        List<RecordResult> results = new(request.Events.Count);
        DateTimeOffset? floor = null;
        for (var i = 0; i < request.Events.Count; i++)
        {
            var outcome = work.Do(Decider.Record(
                work.State, Messages.ToCommand(request, request.Events[i], floor, tenant, now, isTrial)));
            floor = outcome.OrderAt ?? floor;
            results.Add(Messages.ToResult(outcome));
        }

        return results;
    }
}
