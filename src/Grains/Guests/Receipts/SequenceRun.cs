namespace GuestSessions.Grains.Guests.Receipts;

/// <summary>A range of events from one sequence to another, both included.</summary>
internal readonly record struct SequenceRun(long First, long Last)
{
    /// <summary>Maximum gap between two sequences in one run.</summary>
    private const int Gap = 16;

    /// <summary>Groups sequences into runs, in the given order. A run may contain a few other sequences.</summary>
    /// <param name="sequences">Rising or falling sequences.</param>
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

    /// <summary>Returns all sequences from one to another, in rising runs.</summary>
    public static IEnumerable<SequenceRun> Rising(long first, long last, int most)
    {
        for (; first <= last; first += most)
            yield return new SequenceRun(first, Math.Min(last, first + most - 1));
    }

    /// <summary>Returns all sequences from one down to another, in falling runs.</summary>
    public static IEnumerable<SequenceRun> Falling(long last, long first, int most)
    {
        for (; last >= first; last -= most)
            yield return new SequenceRun(Math.Max(first, last - most + 1), last);
    }

    private long Length => Last - First + 1;

    private SequenceRun With(long sequence) => new(Math.Min(First, sequence), Math.Max(Last, sequence));
}
