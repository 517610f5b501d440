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
        ResultBody[] results = [];
        var answer = await calls.PostAsync(
            "v1/events", Join(batch), ServiceCalls.Ndjson, whole => results = AnswerReader.ReadLines(whole, batch.Count), end)
            .ConfigureAwait(false);
        if (answer.IsOk)
        {
            bringBack(Again(batch, results));
            Complete(batch, results);
            return;
        }

        activity?.SetStatus(ActivityStatusCode.Error);
        bringBack(None);
        foreach (var refused in batch)
            Drop(refused, DropReason.Refused, AnswerReader.RefusalOf(answer));
    }

    private static Dictionary<QueuedEvent, TimeSpan> Again(IReadOnlyList<QueuedEvent> batch, ResultBody[] results)
    {
        Dictionary<QueuedEvent, TimeSpan>? again = null;
        for (var at = 0; at < batch.Count; at++)
        {
            if (AnswerReader.WaitOf(results[at]) is { } wait)
                (again ??= []).Add(batch[at], wait);
        }

        return again ?? None;
    }

    private void Complete(IReadOnlyList<QueuedEvent> batch, ResultBody[] results)
    {
        for (var at = 0; at < batch.Count; at++)
        {
            var (queued, result) = (batch[at], results[at]);
            if (AnswerReader.ReceiptOf(result, queued.EventId) is { } receipt)
            {
                Interlocked.Increment(ref _stored);
                instruments.Stored(receipt.Status);
                queued.Complete(receipt);
            }
            else if (AnswerReader.WaitOf(result) is null)
            {
                Drop(queued, DropReason.Rejected, AnswerReader.RejectionOf(result, queued.EventId));
            }
        }
    }

    private void Drop(QueuedEvent queued, DropReason reason, GuestSessionsException why)
    {
        Interlocked.Increment(ref _dropped);
        queued.Fail(why);
        drops.Add(reason);
    }

    private static byte[] Join(IReadOnlyList<QueuedEvent> batch)
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
}
