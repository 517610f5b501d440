using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GuestSessions.Client;

/// <summary>The calls, and the buffer before them.</summary>
internal sealed class GuestSessionsClient : IGuestSessions
{
    private readonly GuestSessionsOptions _options;
    private readonly TimeProvider _time;
    private readonly ClientInstruments _instruments;
    private readonly ServiceCalls _calls;
    private readonly DropReporter _drops;
    private readonly BatchSender _sender;
    private readonly BatchPump _pump;
    private readonly Lock _turn = new();
    private Task<DrainReport>? _stopping;

    public GuestSessionsClient(
        IHttpClientFactory http, IOptionsMonitor<GuestSessionsOptions> options, IMeterFactory meters,
        ILogger<GuestSessionsClient> logger, TimeProvider time)
    {
        _options = options.CurrentValue;
        _time = time;
        _instruments = new ClientInstruments(meters, () => _pump?.Buffer.Count ?? 0);
        _calls = new ServiceCalls(http, options, _instruments, logger, time);
        _drops = new DropReporter(_options, _instruments, logger);
        _sender = new BatchSender(_calls, _drops, _instruments);
        _pump = new BatchPump(_options, _sender, time);
    }

    public async Task<EventReceipt> TrackAsync(string guest, GuestEvent guestEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(guestEvent);
        var envelope = Envelope.Of(guest: null, guestEvent, _time.GetUtcNow());
        var answer = await CallAsync("track", PathOf(guest, "events"), envelope.Utf8, envelope.EventId, cancellationToken)
            .ConfigureAwait(false);
        var result = ResultsOf(answer) is [var only] ? only : throw NoResult();
        var receipt = AnswerReader.ReceiptOf(result, envelope.EventId) ?? throw NoResult();
        _instruments.Stored(receipt.Status);
        return receipt;
    }

    public async Task<IReadOnlyList<EventResult>> TrackManyAsync(
        string guest, IReadOnlyList<GuestEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(events.Count);
        var now = _time.GetUtcNow();
        using var activity = ClientInstruments.Activities.StartActivity("track events", ActivityKind.Client);
        var call = new BatchCall(_calls, _instruments, [.. events.Select(one => Envelope.Of(guest: null, one, now))], _time);
        using var limit = new CallLimit(_options.CallTimeout, _time, cancellationToken);
        return await limit.KeepAsync(
            null, (failure, end) => call.SendAsync(PathOf(guest, "events"), failure, end)).ConfigureAwait(false);
    }

    public async Task<IdentityReceipt> IdentifyAsync(
        string guest, IReadOnlyList<IdentityIdentifier> identifiers, GuestProfile? profile = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(identifiers.Count);
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new IdentifiersBody(identifiers, profile), AnswerJson.Default.IdentifiersBody);
        var answer = AnswerReader.ReadBody(
            await CallAsync("identify", PathOf(guest, "identifiers"), body, eventId: null, cancellationToken).ConfigureAwait(false));
        return new IdentityReceipt(
            answer.Identifiers ?? 0,
            answer.Results is [var queued] ? AnswerReader.ReceiptOf(queued, eventId: null) : null,
            answer.Warnings ?? answer.Results?.FirstOrDefault()?.Warnings ?? []);
    }

    public async Task<ClosingReceipt> CloseSessionAsync(string guest, CancellationToken cancellationToken = default)
    {
        var answer = AnswerReader.ReadBody(
            await CallAsync("close session", PathOf(guest, "sessions/close"), [], eventId: null, cancellationToken)
                .ConfigureAwait(false));
        return new ClosingReceipt(
            answer.Closed ?? 0,
            [.. (answer.Results ?? []).Select(static sent => AnswerReader.ReceiptOf(sent, eventId: null)).OfType<EventReceipt>()]);
    }

    public ValueTask<QueuedEvent> EnqueueAsync(
        string guest, GuestEvent guestEvent, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(guest);
        ArgumentNullException.ThrowIfNull(guestEvent);
        cancellationToken.ThrowIfCancellationRequested();
        var queued = new QueuedEvent(guest, Envelope.Of(guest, guestEvent, _time.GetUtcNow()));
        var admission = _pump.Buffer.Add(queued, mayWait: _options.WhenFull == FullBuffer.Wait, out var isFull);
        if (admission is not null)
            return AdmitAsync(queued, admission, cancellationToken);
        if (isFull)
            GiveUp(queued, DropReason.BufferFull);
        return ValueTask.FromResult(queued);
    }

    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        var held = _pump.Buffer.BeginFlush();
        try
        {
            // How each of them ended is for those who await it.
            await Task.WhenAll(held.Select(static one => (Task)one.Completion))
                .WaitAsync(cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _pump.Buffer.EndFlush();
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    public Task<DrainReport> StopAsync(CancellationToken cancellationToken = default)
    {
        lock (_turn)
            return _stopping ??= DrainAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await _pump.DisposeAsync().ConfigureAwait(false);
        _instruments.Dispose();
    }

    private async Task<DrainReport> DrainAsync(CancellationToken deadline)
    {
        var before = _sender.Totals;
        using (var limit = new CancellationTokenSource(_options.DrainTimeout, _time))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, deadline))
        {
            // At the deadline something is left, which the report says.
            await _pump.DrainAsync().WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _pump.EndAsync().ConfigureAwait(false);
        var left = _pump.Buffer.Held();
        foreach (var queued in left)
            GiveUp(queued, DropReason.Stopped);
        foreach (var admission in _pump.Buffer.RefuseWaiting())
            admission.Refuse(new EventNotStoredException(admission.Event.EventId, DropReason.Stopped));
        var (stored, dropped) = _sender.Totals;
        return new DrainReport(stored - before.Stored, dropped - before.Dropped, [.. left.Select(static one => one.AsLeft())]);
    }

    private async ValueTask<QueuedEvent> AdmitAsync(QueuedEvent queued, Admission admission, CancellationToken token)
    {
        using var leaving = token.UnsafeRegister(_ => _pump.Buffer.Leave(admission, token), null);
        await admission.Granted.ConfigureAwait(false);
        return queued;
    }

    private void GiveUp(QueuedEvent queued, DropReason reason)
    {
        queued.Fail(new EventNotStoredException(queued.EventId, reason, queued.LastFailure?.Why));
        _drops.Add(reason);
    }

    /// <returns>An answer of success.</returns>
    private async Task<Answer> CallAsync(string name, string path, byte[] body, string? eventId, CancellationToken token)
    {
        using var activity = ClientInstruments.Activities.StartActivity(name, ActivityKind.Client);
        using var limit = new CallLimit(_options.CallTimeout, _time, token);
        var answer = await limit.KeepAsync(
            eventId, (failure, end) => _calls.PostAsync(path, body, ServiceCalls.Json, failure, end)).ConfigureAwait(false);
        if (answer.IsOk)
            return answer;
        activity?.SetStatus(ActivityStatusCode.Error);
        throw AnswerReader.RefusalOf(answer);
    }

    private static ResultBody[] ResultsOf(Answer answer) => AnswerReader.ReadBody(answer).Results ?? [];

    private static InvalidDataException NoResult() => new("The answer has no result for the event.");

    private static string PathOf(string guest, string call)
    {
        ArgumentException.ThrowIfNullOrEmpty(guest);
        return $"v1/guests/{Uri.EscapeDataString(guest)}/{call}";
    }
}
