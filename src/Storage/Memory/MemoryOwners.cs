using GuestSessions.Storage.Owners;

namespace GuestSessions.Storage.Memory;

internal sealed class MemoryOwners : IOwnerRows
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, OwnerRow> _owners = [];

    public Task<IReadOnlyList<OwnerRow>> ClaimAsync(IReadOnlyList<OwnerClaim> claims)
    {
        lock (_lock)
        {
            var made = new HashSet<OwnerClaim>();
            foreach (var claim in claims)
            {
                var row = _owners.GetValueOrDefault(claim.Browser);
                if (claim.After != (row?.Generation ?? 0))
                    continue;
                var previous = row?.Guest == claim.Guest.Hash ? row.Previous : row?.Guest;
                _owners[claim.Browser] = new OwnerRow(claim.Guest.Hash, claim.Name, claim.After + 1, previous);
                if (row is null)
                    made.Add(claim);
            }

            return Task.FromResult<IReadOnlyList<OwnerRow>>(
                [.. claims.Select(claim => _owners[claim.Browser] with { IsNew = made.Contains(claim) })]);
        }
    }

    /// <returns>How many browsers the guest owns whose owner had another name.</returns>
    public int Rename(UInt128 guest, string name)
    {
        lock (_lock)
        {
            var found = _owners.Where(owner => owner.Value.Guest == guest && owner.Value.Name != name).ToList();
            found.ForEach(owner => _owners[owner.Key] = owner.Value with { Name = name });
            return found.Count;
        }
    }

    public Task<OwnerRow?> ReadAsync(UInt128 browser, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(_owners.GetValueOrDefault(browser));
    }
}
