namespace GuestSessions.Emulator.Faults;

/// <summary>The rules in force. The first rule that matches and fires is played.</summary>
public sealed class FaultPlan
{
    /// <summary>Rules at once.</summary>
    public const int Most = 1_000;

    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private readonly Random _chance = new();

    /// <summary>
    /// Adds rules behind those in force; false, and none is added, when there would be too many.
    /// </summary>
    public bool TryAdd(params IReadOnlyList<FaultRule> rules)
    {
        lock (_gate)
        {
            if (_entries.Count + rules.Count > Most)
                return false;
            _entries.AddRange(rules.Select(rule => new Entry(rule)));
            return true;
        }
    }

    public IReadOnlyList<FaultCount> List()
    {
        lock (_gate)
            return [.. _entries.Select(entry => new FaultCount(entry.Rule, entry.Matched, entry.Fired))];
    }

    public void Clear()
    {
        lock (_gate)
            _entries.Clear();
    }

    internal FaultRule? Next(FaultPath path, string? type)
    {
        lock (_gate)
            return _entries.Find(entry => entry.Rule.Matches(path, type) && entry.Fires(_chance))?.Rule;
    }

    private sealed class Entry(FaultRule rule)
    {
        public FaultRule Rule => rule;
        public int Matched { get; private set; }
        public int Fired { get; private set; }

        public bool Fires(Random chance)
        {
            Matched++;
            var times = rule.Times ?? (rule.Nth is null ? int.MaxValue : 1);
            if (Matched < (rule.Nth ?? 1) || Fired >= times || chance.NextDouble() >= rule.Probability)
                return false;
            Fired++;
            return true;
        }
    }
}

/// <summary>A rule and how often it came to be.</summary>
/// <param name="Matched">Requests that fell under it while no earlier rule fired.</param>
/// <param name="Fired">How often it was played.</param>
public sealed record FaultCount(FaultRule Rule, int Matched, int Fired);
