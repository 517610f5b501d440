using GuestSessions.Core.Delivery;

namespace GuestSessions.Grains.Delivery;

/// <summary>
/// Distinguishes a misconfigured tenant from an SDK's event that only looks like one: anybody can send content that makes a
/// firewall in front of the upstream answer 403. The check requests a browser id, a call without any event content. It does
/// so at most every 10 s for each tenant, and never for a tenant that is stopped or has to wait.
/// </summary>
internal sealed class ConfigurationCheck(IStreamClient client, DeliveryGate gate, TimeProvider time)
{
    private static readonly TimeSpan AnswerLife = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long At, Task<AttemptOutcome> Outcome)> _asked = [];

    /// <summary>Whether an outcome needs the check.</summary>
    public static bool IsFor(StartedDelivery delivery, AttemptReport report) =>
        report.Outcome == AttemptOutcome.Misconfigured && !delivery.Witness.FromBackend;

    /// <summary>Returns the report to use for the attempt.</summary>
    public async Task<AttemptReport> JudgeAsync(StartedDelivery delivery, AttemptReport report)
    {
        if (!IsFor(delivery, report))
            return report;
        var tenant = delivery.Guest.Tenant;
        var outcome = gate.MayAsk(tenant) ? await AskAsync(tenant) : AttemptOutcome.Unsent;
        return outcome switch
        {
            AttemptOutcome.Misconfigured => report,
            AttemptOutcome.Delivered when gate.AcceptsEvents(tenant)
                || delivery.Attempt >= DeliveryPolicy.MostAttemptsFromPublicKey =>
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
            // The callers that wait always get an outcome. Without an answer it is in doubt, and their events are retried.
            answer.SetResult(outcome);
        }
    }
}
