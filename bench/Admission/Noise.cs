namespace GuestSessions.Bench.Admission;

/// <summary>Randomness that is the same in each run with the same seed, on each machine.</summary>
internal sealed class Noise(ulong seed)
{
    private ulong _state = seed;

    /// <summary>At least 0, below 1 (SplitMix64).</summary>
    public double Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>With a mean of 1.</summary>
    public double Exponential() => -Math.Log(1 - Next());

    /// <summary>Processor time varies with what else runs: half of it is fixed, half is exponential; the mean is 1.</summary>
    public double Around1() => 0.5 + (0.5 * Exponential());
}
