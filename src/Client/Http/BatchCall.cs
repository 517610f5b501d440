namespace GuestSessions.Client;

/// <summary>One call with several events of a guest. What the service asks for again is sent again, in its order.</summary>
internal sealed class BatchCall(
    ServiceCalls calls, ClientInstruments instruments, IReadOnlyList<Envelope> envelopes, TimeProvider time)
{
    private const int Unprocessable = 422;

    private readonly EventResult?[] _results = new EventResult?[envelopes.Count];

    /// <returns>A result for each event.</returns>
    /// <exception cref="RequestRefusedException">The service refuses the request itself.</exception>
    public async Task<IReadOnlyList<EventResult>> SendAsync(string path, LastFailure failure, CancellationToken end)
    {
        int[] places = [.. Enumerable.Range(0, envelopes.Count)];
        while (true)
        {
            var answer = await calls.PostAsync(path, Body(places), ServiceCalls.Json, failure, end).ConfigureAwait(false);
            var results = ResultsOf(answer);
            if (results is null || results.Length != places.Length)
                throw AnswerReader.RefusalOf(answer);

            List<int> again = [];
            var wait = TimeSpan.Zero;
            foreach (var (place, result) in places.Zip(results))
            {
                if (AnswerReader.WaitOf(result) is not { } asked)
                {
                    _results[place] = Final(envelopes[place].EventId, result);
                    continue;
                }

                again.Add(place);
                wait = asked > wait ? asked : wait;
            }

            if (again.Count == 0)
                return _results!;
            places = [.. again];
            await Task.Delay(wait, time, end).ConfigureAwait(false);
        }
    }

    private static ResultBody[]? ResultsOf(Answer answer) =>
        answer.IsOk ? AnswerReader.ReadBody(answer).Results
        : answer.Status == Unprocessable ? AnswerReader.ProblemOf(answer)?.Results
        : null;

    private EventResult Final(string eventId, ResultBody result)
    {
        if (AnswerReader.ReceiptOf(result, eventId) is not { } receipt)
            return new EventResult(eventId, null, AnswerReader.RejectionOf(result, eventId));
        instruments.Stored(receipt.Status);
        return new EventResult(eventId, receipt, null);
    }

    private byte[] Body(IReadOnlyList<int> places)
    {
        using var body = new MemoryStream();
        body.Write("{\"events\":["u8);
        var comma = ReadOnlySpan<byte>.Empty;
        foreach (var place in places)
        {
            body.Write(comma);
            body.Write(envelopes[place].Utf8);
            comma = ","u8;
        }

        body.Write("]}"u8);
        return body.ToArray();
    }
}
