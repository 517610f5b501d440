namespace GuestSessions.Emulator.Faults;

/// <summary>The active rules. The first rule that matches and fires is played.</summary>
public sealed class FaultPlan
{
    /// <summary>Maximum number of rules.</summary>
    public const int Most = 1_000;

    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private int _last;

    /// <summary>
    /// Adds rules after the active ones; adds none and returns false if there would be too many.
    /// </summary>
    public bool TryAdd(params IReadOnlyList<FaultRule> rules)
    {
        lock (_gate)
        {
            if (_entries.Count + rules.Count > Most)
                return false;
            _entries.AddRange(rules.Select(rule => new Entry(++_last, rule)));
            return true;
        }
    }

    public IReadOnlyList<FaultCount> List()
    {
        lock (_gate)
            return [.. _entries.Select(entry => entry.Count)];
    }

    /// <summary>Removes a rule; false if there is none with that number.</summary>
    public bool Remove(int number)
    {
        lock (_gate)
            return _entries.RemoveAll(entry => entry.Count.Number == number) > 0;
    }

    public void Clear()
    {
        lock (_gate)
            _entries.Clear();
    }

    internal FaultRule? Next(FaultPath path, string? type, string? browserId)
    {
        lock (_gate)
            return _entries.Find(entry => entry.Rule.Matches(path, type, browserId) && entry.Fires())?.Rule;
    }

    private sealed class Entry(int number, FaultRule rule)
    {
        private readonly Random _chance = rule.Seed is { } seed ? new Random(seed) : new Random();
        private int _matched;
        private int _fired;

        public FaultRule Rule => rule;
        public FaultCount Count => new(number, rule, _matched, _fired);

        public bool Fires()
        {
            _matched++;
            var first = rule.Nth ?? rule.Every ?? 1;
            var times = rule.Times ?? (rule.Nth is null || rule.Every is not null ? int.MaxValue : 1);
            if (_matched < first
                || (_matched - first) % (rule.Every ?? 1) != 0
                || _fired >= times
                || _chance.NextDouble() >= rule.Probability)
                return false;
            _fired++;
            return true;
        }
    }
}

/// <summary>A rule, and how often it applied.</summary>
/// <param name="Number">The number by which it can be removed.</param>
/// <param name="Matched">Requests that matched it while no earlier rule fired.</param>
/// <param name="Fired">How often it was played.</param>
public sealed record FaultCount(int Number, FaultRule Rule, int Matched, int Fired);
