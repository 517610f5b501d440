using System.Diagnostics;

namespace GuestSessions.Client;

/// <summary>Sends batches as NDJSON, and completes each event that has its answer.</summary>
internal sealed class BatchSender(ServiceCalls calls, DropReporter drops, ClientInstruments instruments)
{
    private static readonly Dictionary<QueuedEvent, TimeSpan> None = [];

    private long _stored;
    private long _dropped;

    /// <summary>Events with a receipt, and events that were given up, over all time.</summary>
    public (long Stored, long Dropped) Totals => (Interlocked.Read(ref _stored), Interlocked.Read(ref _dropped));

    /// <param name="batch">Events of several guests, those of a guest in their order.</param>
    /// <param name="bringBack">
    /// Takes the events that the service asks to send again, and after which time. Called before any event is completed, so that
    /// who awaited one finds its space free.
    /// </param>
    /// <param name="end">Gives up: events without an answer stay as they are.</param>
    public async Task SendAsync(
        IReadOnlyList<QueuedEvent> batch, Action<IReadOnlyDictionary<QueuedEvent, TimeSpan>> bringBack, CancellationToken end)
    {
        using var activity = ClientInstruments.Activities.StartActivity("send events", ActivityKind.Client);
        activity?.SetTag("sessions.batch.size", batch.Count);
        instruments.Sent(batch.Count);
        var failure = new LastFailure();
        foreach (var queued in batch)
            queued.LastFailure = failure;
        var answers = await AnswerAsync([.. batch], failure, end).ConfigureAwait(false);
        if (answers.Any(static one => one.Refusal is not null))
            activity?.SetStatus(ActivityStatusCode.Error);
        bringBack(Again(batch, answers));
        for (var at = 0; at < batch.Count; at++)
            Complete(batch[at], answers[at]);
    }

    /// <summary>
    /// Halves a batch that is too large for the service or for a proxy before it. If the service asks to send some of the first half
    /// again, the second half waits too, because it may have the same guests.
    /// </summary>
    private async Task<EventAnswer[]> AnswerAsync(QueuedEvent[] batch, LastFailure failure, CancellationToken end)
    {
        ResultBody[] results = [];
        var answer = await calls.PostBatchAsync(
            Join(batch), whole => results = AnswerReader.ReadLines(whole, batch.Length), failure, end).ConfigureAwait(false);
        if (answer.IsOk)
            return [.. results.Select(static result => new EventAnswer(result, null))];
        if (batch is [_])
            return [new EventAnswer(null, AnswerReader.RefusalOf(answer))];
        var half = batch.Length / 2;
        var first = await AnswerAsync(batch[..half], failure, end).ConfigureAwait(false);
        var waiting = first.FirstOrDefault(static one => one.Wait is not null);
        return waiting is not null
            ? [.. first, .. Enumerable.Repeat(waiting, batch.Length - half)]
            : [.. first, .. await AnswerAsync(batch[half..], failure, end).ConfigureAwait(false)];
    }

    private static Dictionary<QueuedEvent, TimeSpan> Again(IReadOnlyList<QueuedEvent> batch, EventAnswer[] answers)
    {
        Dictionary<QueuedEvent, TimeSpan>? again = null;
        for (var at = 0; at < batch.Count; at++)
        {
            if (answers[at].Wait is { } wait)
                (again ??= []).Add(batch[at], wait);
        }

        return again ?? None;
    }

    private void Complete(QueuedEvent queued, EventAnswer answer)
    {
        if (answer.Result is not { } result)
        {
            Drop(queued, DropReason.Refused, answer.Refusal!);
        }
        else if (AnswerReader.ReceiptOf(result, queued.EventId) is { } receipt)
        {
            Interlocked.Increment(ref _stored);
            instruments.Stored(receipt.Status);
            queued.Complete(receipt);
        }
        else if (answer.Wait is null)
        {
            Drop(queued, DropReason.Rejected, AnswerReader.RejectionOf(result, queued.EventId));
        }
    }

    private void Drop(QueuedEvent queued, DropReason reason, GuestSessionsException why)
    {
        Interlocked.Increment(ref _dropped);
        queued.Fail(why);
        drops.Add(reason);
    }

    private static byte[] Join(QueuedEvent[] batch)
    {
        var body = new byte[batch.Sum(static one => one.Line.Length + 1)];
        var at = 0;
        foreach (var queued in batch)
        {
            queued.Line.CopyTo(body, at);
            at += queued.Line.Length;
            body[at++] = (byte)'\n';
        }

        return body;
    }

    /// <param name="Result">Null if the service refused the request of the event alone.</param>
    /// <param name="Refusal">Why it did.</param>
    private sealed record EventAnswer(ResultBody? Result, GuestSessionsException? Refusal)
    {
        public TimeSpan? Wait => Result is null ? null : AnswerReader.WaitOf(Result);
    }
}
