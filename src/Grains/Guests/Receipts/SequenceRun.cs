namespace GuestSessions.Grains.Guests.Receipts;

/// <summary>Events from one sequence to another, both included.</summary>
internal readonly record struct SequenceRun(long First, long Last)
{
    /// <summary>Sequences further apart than this are looked up one by one.</summary>
    private const int Gap = 16;

    /// <summary>The same sequences in runs, in the order they come in; a run may hold a few others.</summary>
    /// <param name="sequences">Rising or falling.</param>
    public static IEnumerable<SequenceRun> Of(IEnumerable<long> sequences, int most)
    {
        SequenceRun? run = null;
        foreach (var sequence in sequences)
        {
            if (run is not { } open)
                run = new SequenceRun(sequence, sequence);
            else if (open.With(sequence) is var longer && longer.Length <= most
                && longer.Length - open.Length <= Gap)
                run = longer;
            else
            {
                yield return open;
                run = new SequenceRun(sequence, sequence);
            }
        }

        if (run is { } last)
            yield return last;
    }

    /// <summary>Everything from one sequence to another in runs.</summary>
    public static IEnumerable<SequenceRun> Rising(long first, long last, int most)
    {
        for (; first <= last; first += most)
            yield return new SequenceRun(first, Math.Min(last, first + most - 1));
    }

    /// <summary>Everything from one sequence down to another in runs.</summary>
    public static IEnumerable<SequenceRun> Falling(long last, long first, int most)
    {
        for (; last >= first; last -= most)
            yield return new SequenceRun(Math.Max(first, last - most + 1), last);
    }

    private long Length => Last - First + 1;

    private SequenceRun With(long sequence) => new(Math.Min(First, sequence), Math.Max(Last, sequence));
}
