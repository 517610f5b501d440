namespace GuestSessions.Core.Delivery;

/// <summary>
/// While fresh work waits, retries take at most a tenth of the sends. Every fresh send earns a ninth of a retry;
/// while nothing fresh waits, retries are free. Pure counting.
/// </summary>
public sealed class RetryBudget
{
    /// <summary>Retries earned per fresh send: a tenth of all sends is a ninth of the fresh ones.</summary>
    private const double Earned = 1.0 / 9;

    /// <summary>Maximum number of saved retries, so that quiet hours do not pay for a burst.</summary>
    private const double Most = 2;

    private double _saved;

    /// <summary>Whether the next permit goes to a retry.</summary>
    public bool TakesRetry(bool freshWaits, bool retryWaits) => retryWaits && (!freshWaits || _saved >= 1);

    /// <summary>Counts the first attempt of an event.</summary>
    public void SentFresh() => _saved = Math.Min(Most, _saved + Earned);

    /// <summary>Counts a retry.</summary>
    /// <param name="freshWaits">Whether fresh work waited at the same time.</param>
    public void SentRetry(bool freshWaits)
    {
        if (freshWaits)
            _saved = Math.Max(0, _saved - 1);
    }
}
