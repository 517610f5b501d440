namespace GuestSessions.Grains.Delivery;

/// <summary>
/// Limits a rate, with a burst of a quarter of a second: enough to keep a pool busy, but too little to overload the
/// upstream. Not thread-safe.
/// </summary>
internal sealed class TokenBucket(TimeProvider time, double rate)
{
    private double _rate = rate;
    private double _tokens = Math.Max(1, rate / 4);
    private long _at = time.GetTimestamp();

    public double Rate
    {
        get => _rate;
        set
        {
            Refill();
            _rate = value;
        }
    }

    public bool HasToken
    {
        get
        {
            Refill();
            return _tokens >= 1;
        }
    }

    /// <summary>Time until the next token; null when this rate never yields one.</summary>
    public TimeSpan? NextToken => HasToken ? TimeSpan.Zero
        : _rate > 0 ? TimeSpan.FromSeconds((1 - _tokens) / _rate)
        : null;

    public void Spend() => _tokens--;

    private void Refill()
    {
        var now = time.GetTimestamp();
        var earned = time.GetElapsedTime(_at, now).TotalSeconds * _rate;
        _tokens = Math.Min(Math.Max(1, _rate / 4), _tokens + earned);
        _at = now;
    }
}
