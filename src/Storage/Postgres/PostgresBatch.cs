using GuestSessions.Core.Journal;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>A batch as the columns of its one statement.</summary>
/// <remarks>
/// A guest's rows go through together: its head moves from before the first to the last of them. Rows that do
/// not follow on from the one before are fenced here, with those after them.
/// </remarks>
internal sealed class PostgresBatch
{
    private readonly bool[] _follows;
    private readonly List<int> _first = [];
    private readonly List<int> _last = [];

    /// <param name="rows">Sorted by guest.</param>
    public PostgresBatch(IReadOnlyList<JournalRow> rows)
    {
        Rows = rows;
        Guests = [.. rows.Select(row => PostgresHash.ToGuid(row.Guest.Hash))];
        _follows = new bool[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            var isFirst = i == 0 || rows[i].Guest != rows[i - 1].Guest;
            _follows[i] = isFirst || (_follows[i - 1] && rows[i].Version == rows[i - 1].Version + 1);
            if (isFirst)
            {
                _first.Add(i);
                _last.Add(i);
            }
            else if (_follows[i])
            {
                _last[^1] = i;
            }
        }
    }

    public IReadOnlyList<JournalRow> Rows { get; }

    /// <summary>The guest of each row.</summary>
    public Guid[] Guests { get; }

    public bool HasOneGuest => _first.Count == 1;

    /// <summary>Parts the batch between two guests, as near to its middle as can be.</summary>
    public (PostgresBatch, PostgresBatch) Halve()
    {
        var middle = _first[_first.Count / 2];
        return (new PostgresBatch([.. Rows.Take(middle)]), new PostgresBatch([.. Rows.Skip(middle)]));
    }

    /// <summary>Binds the parameters of <see cref="PostgresScript.WriteBatch"/>.</summary>
    public NpgsqlCommand Bind(NpgsqlCommand command, long commit)
    {
        var lines = Enumerable.Range(0, Rows.Count).Where(i => _follows[i]).ToList();
        var terms = lines
            .SelectMany(i => Rows[i].Terms.Select(hash => (Hash: hash, Guest: Guests[i])))
            .Order();
        var (hashes, found) = (new List<Guid>(), new List<Guid>());
        foreach (var (hash, guest) in terms)
        {
            hashes.Add(PostgresHash.ToGuid(hash));
            found.Add(guest);
        }

        return command
            .With(Of(_last, i => Guests[i]))
            .With(Of(_first, i => Rows[i].Version - 1))
            .With(Of(_last, i => Rows[i].Version))
            .With(Of(_last, i => Rows[i].Pending))
            .With(Of(_last, i => Rows[i].Guest.Tenant))
            .With(Of(_last, i => Rows[i].Name))
            .With(Of(lines, i => Guests[i]))
            .With(Of(lines, i => Rows[i].Version))
            .With(Of(lines, i => Rows[i].At.UtcTicks))
            .With(Of(lines, i => Rows[i].Format))
            .With(Of(lines, i => Rows[i].Payload))
            .With(commit)
            .With(hashes.ToArray())
            .With(found.ToArray())
            .WithHeads(_last.ConvertAll(i => Rows[i]))
            .WithListings(lines.ConvertAll(i => Rows[i]))
            .WithMarks(lines.ConvertAll(i => Rows[i]))
            .WithWarnings(lines.ConvertAll(i => Rows[i]));
    }

    /// <summary>One result for each row, given the guests whose heads moved.</summary>
    public AppendResult[] Results(HashSet<Guid> through) =>
        [.. _follows.Select((follows, i) =>
            follows && through.Contains(Guests[i]) ? AppendResult.Written : AppendResult.Fenced)];

    private static T[] Of<T>(List<int> rows, Func<int, T> column)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = column(rows[i]);
        return values;
    }
}
