using GuestSessions.Core.Delivery;

namespace GuestSessions.Grains.Delivery;

/// <summary>
/// Tells a tenant that is misconfigured from an SDK's event that only makes it look so: anybody can send content to which a
/// firewall before the upstream answers 403. It asks for a browser id, a call that holds nothing of any event, at most
/// every ten seconds for each tenant, and never one that is stopped or has to wait.
/// </summary>
internal sealed class ConfigurationCheck(IStreamClient client, DeliveryGate gate, TimeProvider time)
{
    private static readonly TimeSpan AnswerLife = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long At, Task<AttemptOutcome> Outcome)> _asked = [];

    /// <summary>The report as it is to be taken.</summary>
    public async Task<AttemptReport> JudgeAsync(StartedDelivery delivery, AttemptReport report)
    {
        if (report.Outcome != AttemptOutcome.Misconfigured || delivery.Witness.FromBackend)
            return report;
        var tenant = delivery.Guest.Tenant;
        var outcome = gate.MayAsk(tenant) ? await AskAsync(tenant) : AttemptOutcome.Unsent;
        return outcome switch
        {
            AttemptOutcome.Misconfigured => report,
            AttemptOutcome.Delivered when gate.AcceptsEvents(tenant)
                || delivery.Attempt >= DeliveryPolicy.MostTriesFromPublicKey =>
                report with { Outcome = AttemptOutcome.Refused, IsEventsOwn = true, RetryAfter = null },
            _ => report with { Outcome = AttemptOutcome.NotApplied, RetryAfter = null },
        };
    }

    private Task<AttemptOutcome> AskAsync(string tenant)
    {
        var answer = new TaskCompletionSource<AttemptOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_asked.TryGetValue(tenant, out var asked) && time.GetElapsedTime(asked.At) < AnswerLife)
                return asked.Outcome;
            _asked[tenant] = (time.GetTimestamp(), answer.Task);
        }

        return CreateAsync(tenant, answer);
    }

    private async Task<AttemptOutcome> CreateAsync(string tenant, TaskCompletionSource<AttemptOutcome> answer)
    {
        var outcome = AttemptOutcome.InDoubt;
        try
        {
            var report = await client.CreateBrowserIdAsync(tenant, CancellationToken.None);
            gate.ObserveBrowserId(tenant, report.Attempt);
            return outcome = report.Attempt.Outcome;
        }
        finally
        {
            // Without an answer those who wait for it have none, and are tried again.
            answer.SetResult(outcome);
        }
    }
}
