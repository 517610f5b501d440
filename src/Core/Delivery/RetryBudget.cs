namespace GuestSessions.Core.Delivery;

/// <summary>
/// While fresh work waits, retries take at most a tenth of the sends. Every fresh send earns a tenth of a retry; when
/// nothing fresh waits, retries are free. Pure counting.
/// </summary>
public sealed class RetryBudget
{
    /// <summary>Retries as a part of fresh sends: a tenth of all is a ninth of the fresh.</summary>
    private const double Earned = 1.0 / 9;

    /// <summary>What is saved at most, so that quiet hours do not pay for a burst.</summary>
    private const double Most = 2;

    private double _saved;

    /// <summary>Whether the next permit goes to a retry, given who waits.</summary>
    public bool TakesRetry(bool freshWaits, bool retryWaits) => retryWaits && (!freshWaits || _saved >= 1);

    /// <summary>Notes a send of an event that was never tried.</summary>
    public void SentFresh() => _saved = Math.Min(Most, _saved + Earned);

    /// <summary>Notes a retry.</summary>
    /// <param name="freshWaits">Fresh work waited beside it.</param>
    public void SentRetry(bool freshWaits)
    {
        if (freshWaits)
            _saved = Math.Max(0, _saved - 1);
    }
}
