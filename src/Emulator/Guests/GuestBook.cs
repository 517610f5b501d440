using System.Collections.Immutable;

namespace GuestSessions.Emulator.Guests;

/// <summary>
/// Profiles, their browser ids and their identifiers. A profile is known from the first event of its browser.
/// Bounded: the profiles that were seen first are dropped first.
/// </summary>
public sealed class GuestBook
{
    private const int MostOfOneGuest = 100;

    private readonly Lock _gate;
    private readonly TimeProvider _time;
    private readonly int _capacity;
    private readonly Dictionary<Guid, Guest> _guests = [];
    private readonly Queue<Guid> _order = [];
    private readonly Dictionary<string, Guid> _byBrowser = [];
    private readonly Dictionary<GuestIdentifier, Guid> _byIdentifier = [];

    internal GuestBook(EmulatorSettings settings, TimeProvider time, Lock gate)
    {
        _time = time;
        _gate = gate;
        _capacity = settings.GuestsKept;
    }

    /// <summary>All profiles, in the order in which they were seen first.</summary>
    public IReadOnlyList<Guest> All
    {
        get
        {
            lock (_gate)
                return [.. _order.Select(reference => _guests[reference])];
        }
    }

    /// <summary>The profiles that were first seen last, newest first.</summary>
    internal IReadOnlyList<Guest> Latest(int count)
    {
        lock (_gate)
            return [.. _order.Skip(_order.Count - count).Reverse().Select(reference => _guests[reference])];
    }

    /// <summary>The profile a browser id belongs to; null before its first event.</summary>
    public Guest? Of(string browserId)
    {
        lock (_gate)
            return _byBrowser.TryGetValue(Key(browserId), out var reference) ? _guests[reference] : null;
    }

    /// <summary>The reference of the guest of a browser id, whether it was seen or not.</summary>
    internal Guid ReferenceOf(Guid browserId) =>
        Of(browserId.ToString())?.Ref ?? BrowserIds.CustomerOf(browserId);

    /// <summary>Records activity of the browser's guest.</summary>
    internal Guest See(Guid browserId)
    {
        var browser = browserId.ToString();
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            if (Of(browser) is { } known)
                return _guests[known.Ref] = known with { LastSeenAt = now };

            var reference = BrowserIds.CustomerOf(browserId);
            // The browser may still have a profile: one that was retired for another, which has been dropped since.
            if (!_guests.ContainsKey(reference))
                _order.Enqueue(reference);
            _byBrowser[browser] = reference;
            var guest = _guests[reference] = new Guest
            {
                Ref = reference,
                FirstSeenAt = now,
                LastSeenAt = now,
                BrowserIds = [browser],
            };
            if (_guests.Count > _capacity)
                Drop(_order.Dequeue());
            return guest;
        }
    }

    internal Guest? Find(GuestIdentifier identifier)
    {
        lock (_gate)
            return _byIdentifier.TryGetValue(identifier, out var reference) ? _guests[reference] : null;
    }

    /// <summary>Makes a guest a customer, and keeps the identifiers that belong to no other guest.</summary>
    internal Guest Identify(Guest guest, IEnumerable<GuestIdentifier> identifiers)
    {
        lock (_gate)
        {
            var known = guest.Identifiers.ToImmutableList();
            foreach (var identifier in identifiers)
            {
                if (known.Count < MostOfOneGuest && _byIdentifier.TryAdd(identifier, guest.Ref))
                    known = known.Add(identifier);
            }

            return _guests[guest.Ref] = guest with { Type = GuestType.Customer, Identifiers = known };
        }
    }

    /// <summary>
    /// Moves a browser to the guest that was identified. The profile that it leaves is retired, unless that is a
    /// customer itself.
    /// </summary>
    internal Guest Move(string browserId, Guest old, Guest to)
    {
        var browser = Key(browserId);
        lock (_gate)
        {
            var left = old with { BrowserIds = [.. old.BrowserIds.Where(id => id != browser)] };
            _guests[old.Ref] = old.Type == GuestType.Visitor
                ? left with { Type = GuestType.Retired, RetiredFor = to.Ref }
                : left;
            _byBrowser[browser] = to.Ref;
            return _guests[to.Ref] = to with
            {
                LastSeenAt = _time.GetUtcNow(),
                BrowserIds = [.. to.BrowserIds.TakeLast(MostOfOneGuest - 1), browser],
            };
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _guests.Clear();
            _order.Clear();
            _byBrowser.Clear();
            _byIdentifier.Clear();
        }
    }

    private void Drop(Guid reference)
    {
        _guests.Remove(reference, out var guest);
        foreach (var browser in guest!.BrowserIds)
            _byBrowser.Remove(browser);
        foreach (var identifier in guest.Identifiers)
            _byIdentifier.Remove(identifier);
    }

    private static string Key(string browserId) => browserId.ToLowerInvariant();
}
