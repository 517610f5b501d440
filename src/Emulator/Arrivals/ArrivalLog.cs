namespace GuestSessions.Emulator.Arrivals;

/// <summary>
/// Every request in order of arrival, recorded before it is answered. Bounded: the oldest are dropped first, and
/// counted.
/// </summary>
public sealed class ArrivalLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Arrival> _kept = [];
    private readonly Dictionary<string, Queue<long>> _byBrowser = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _inFlightByBrowser = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long> _outcomes = [];
    private readonly Dictionary<string, long> _effects = [];
    private readonly TimeProvider _time;
    private readonly int _capacity;
    private readonly long _bytesKept;
    private readonly ArrivalFile? _file;
    private long _last;
    private long _first = 1;
    private long _dropped;
    private long _bytes;
    private long _requests;
    private int _inFlight;
    private int _maxInFlight;
    private int _maxInFlightPerBrowser;

    internal ArrivalLog(EmulatorSettings settings, TimeProvider time)
    {
        _time = time;
        _capacity = settings.ArrivalsKept;
        _bytesKept = settings.ArrivalBytesKept;
        _file = settings.ArrivalLog is { } path ? new ArrivalFile(path) : null;
    }

    /// <summary>The arrivals that were not dropped, oldest first.</summary>
    /// <param name="after">Only later ones than this number.</param>
    /// <param name="browserId">Only those of this browser id.</param>
    public IReadOnlyList<Arrival> Since(long after = 0, string? browserId = null)
    {
        lock (_gate)
        {
            if (browserId is not null)
            {
                return _byBrowser.TryGetValue(browserId, out var numbers)
                    ? [.. numbers.Where(number => number > after).Select(number => _kept[number])]
                    : [];
            }

            var found = new List<Arrival>();
            for (var number = Math.Max(after + 1, _first); number <= _last; number++)
                found.Add(_kept[number]);
            return found;
        }
    }

    /// <summary>The latest arrivals, newest first.</summary>
    internal IReadOnlyList<Arrival> Latest(int count)
    {
        lock (_gate)
        {
            var found = new List<Arrival>(count);
            for (var number = _last; number >= _first && found.Count < count; number--)
                found.Add(_kept[number]);
            return found;
        }
    }

    public ArrivalStats Stats
    {
        get
        {
            lock (_gate)
            {
                return new ArrivalStats(
                    _requests,
                    _dropped,
                    new SortedDictionary<string, long>(_outcomes, StringComparer.Ordinal),
                    new SortedDictionary<string, long>(_effects, StringComparer.Ordinal),
                    _inFlight,
                    _maxInFlight,
                    _maxInFlightPerBrowser);
            }
        }
    }

    /// <summary>Records a request as arrived, before anything decides its outcome.</summary>
    internal Arrival Note(Func<long, DateTimeOffset, Arrival> arrivalOf)
    {
        lock (_gate)
        {
            var arrival = arrivalOf(++_last, _time.GetUtcNow());
            Keep(arrival);
            while (_last - _first >= _capacity || (_bytes > _bytesKept && _first < _last))
                DropFirst();

            _requests++;
            _maxInFlight = Math.Max(_maxInFlight, ++_inFlight);
            if (arrival.BrowserId is { } browser)
            {
                var concurrent = _inFlightByBrowser.GetValueOrDefault(browser) + 1;
                _inFlightByBrowser[browser] = concurrent;
                _maxInFlightPerBrowser = Math.Max(_maxInFlightPerBrowser, concurrent);
            }

            _file?.Append(arrival);
            return arrival;
        }
    }

    /// <summary>Records its outcome before the answer is sent.</summary>
    internal Arrival Decide(Arrival arrival)
    {
        lock (_gate)
        {
            var decided = arrival with { DecidedAt = _time.GetUtcNow() };
            if (_kept.ContainsKey(arrival.Number))
                _kept[arrival.Number] = decided;
            var outcome = arrival.Fault ?? arrival.Fate.ToString().ToLowerInvariant();
            _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
            if (decided.IsEvent)
                _effects[decided.EffectName] = _effects.GetValueOrDefault(decided.EffectName) + 1;
            _file?.Append(decided);
            return decided;
        }
    }

    /// <summary>The request is over: answered, aborted, or given up by its client.</summary>
    internal void Leave(Arrival arrival)
    {
        lock (_gate)
        {
            _inFlight--;
            if (arrival.BrowserId is not { } browser)
                return;
            if (_inFlightByBrowser[browser] == 1)
                _inFlightByBrowser.Remove(browser);
            else
                _inFlightByBrowser[browser]--;
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _kept.Clear();
            _byBrowser.Clear();
            _first = _last + 1;
            _bytes = 0;
            _dropped = 0;
            _requests = 0;
            _outcomes.Clear();
            _effects.Clear();
            _maxInFlight = _inFlight;
            _maxInFlightPerBrowser = _inFlightByBrowser.Values.DefaultIfEmpty().Max();
        }
    }

    public void Dispose() => _file?.Dispose();

    private void Keep(Arrival arrival)
    {
        _kept.Add(arrival.Number, arrival);
        _bytes += arrival.Body.Length;
        if (arrival.BrowserId is not { } browser)
            return;
        if (!_byBrowser.TryGetValue(browser, out var numbers))
            _byBrowser.Add(browser, numbers = new Queue<long>());
        numbers.Enqueue(arrival.Number);
    }

    private void DropFirst()
    {
        _kept.Remove(_first, out var oldest);
        _first++;
        _dropped++;
        _bytes -= oldest!.Body.Length;
        if (oldest.BrowserId is not { } browser)
            return;
        var numbers = _byBrowser[browser];
        numbers.Dequeue();
        if (numbers.Count == 0)
            _byBrowser.Remove(browser);
    }
}
