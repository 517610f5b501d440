using System.Globalization;

namespace GuestSessions.Bench.Admission;

/// <summary>Service times that were recorded at the real process, from the text file of that name.</summary>
internal sealed class Recording
{
    private static readonly double[] Shares = [0, 0.5, 0.75, 0.9, 0.99];

    /// <summary>Of the time of an answer to a single caller. The rest is what it waits for threads and the network.</summary>
    private const double ShareOfCommit = 0.5;

    /// <summary>The recorded loads did not use all there is; with this factor the model gives what was recorded.</summary>
    private const double Unreached = 1.1;

    private readonly double[] _alone;

    private Recording(List<RecordedLoad> loads)
    {
        Loads = loads;
        PeakPerSecond = Unreached * loads.Max(static load => load.PerSecond);
        var alone = loads.Find(static load => load.Connections == 1)
            ?? throw new InvalidDataException("No line for 1 connection.");
        double[] answers = [alone.P50 / 2, alone.P50, alone.P75, alone.P90, alone.P99];
        _alone = [.. answers.Select(static answer => answer * ShareOfCommit)];
    }

    public IReadOnlyList<RecordedLoad> Loads { get; }

    /// <summary>The highest possible rate, after what runs beside the service has had its share.</summary>
    public double PeakPerSecond { get; }

    /// <summary>Each line has connections, events per second, and the milliseconds p50, p75, p90 and p99.</summary>
    public static Recording Read(string file) => new([.. File.ReadLines(file)
        .Where(static line => line.Length > 0 && line[0] != '#')
        .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())
        .Select(static row => new RecordedLoad((int)row[0], row[1], row[2], row[3], row[4], row[5]))]);

    /// <summary>
    /// Seconds of a commit, drawn from the answers to a single caller, which wait for little else. The slowest hundredth
    /// is as slow as the 99th percentile.
    /// </summary>
    /// <param name="share">From 0 to 1, at random.</param>
    public double Commit(double share)
    {
        var upper = Array.FindIndex(Shares, at => at > share);
        if (upper < 0)
            return _alone[^1] / 1_000;
        var within = (share - Shares[upper - 1]) / (Shares[upper] - Shares[upper - 1]);
        return (_alone[upper - 1] + (within * (_alone[upper] - _alone[upper - 1]))) / 1_000;
    }
}

/// <summary>A closed loop of callers, as it was recorded. Times are milliseconds.</summary>
internal sealed record RecordedLoad(int Connections, double PerSecond, double P50, double P75, double P90, double P99);
