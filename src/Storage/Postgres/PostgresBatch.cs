using GuestSessions.Core.Journal;

namespace GuestSessions.Storage.Postgres;

/// <summary>A batch of commits, which one statement writes.</summary>
/// <remarks>
/// The rows of one guest pass the fence together: the head moves from the version before the first row to the version of
/// the last. A row that does not follow the previous one is fenced here, and so are the rows after it.
/// </remarks>
internal sealed class PostgresBatch
{
    private readonly bool[] _follows;
    private readonly List<int> _first;
    private readonly List<int> _last;

    /// <param name="rows">Sorted by guest.</param>
    public PostgresBatch(IReadOnlyList<JournalRow> rows)
    {
        Rows = rows;
        (_first, _last) = (new List<int>(rows.Count), new List<int>(rows.Count)); // Nearly always, each row has a guest of its own.
        Guests = [.. rows.Select(row => PostgresHash.ToGuid(row.Guest.Hash))];
        _follows = new bool[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            var isFirst = i == 0 || rows[i].Guest != rows[i - 1].Guest;
            _follows[i] = isFirst || (_follows[i - 1] && rows[i].MayFollow(rows[i - 1]));
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

    /// <summary>Splits the batch between two guests, as close to its middle as possible.</summary>
    public (PostgresBatch, PostgresBatch) Halve()
    {
        var middle = _first[_first.Count / 2];
        return (new PostgresBatch([.. Rows.Take(middle)]), new PostgresBatch([.. Rows.Skip(middle)]));
    }

    /// <summary>Binds the parameters of the statement <c>write-batch</c>.</summary>
    public PostgresCommand Bind(PostgresCommand command, long commit)
    {
        var heads = _last.ConvertAll(i => Rows[i]);
        var rows = Array.TrueForAll(_follows, static follows => follows) ? Rows : [.. Rows.Where((_, i) => _follows[i])];
        return command
            .With("commit", commit)
            .With("head_before", _first.ConvertAll(i => Rows[i].Version - 1).ToArray())
            .WithHeads(heads)
            .WithKept(heads, commit)
            .WithRows([.. rows.Where(static row => !row.IsKept)])
            .WithTerms(rows)
            .WithLateChanges(rows)
            .WithAsides(rows)
            .WithActs(rows);
    }

    /// <summary>One result for each row, given the guests whose heads moved.</summary>
    public AppendResult[] Results(IReadOnlyList<Guid> passed)
    {
        // Nearly always, all of them moved.
        var some = passed.Count == _first.Count ? null : passed.ToHashSet();
        var results = new AppendResult[Rows.Count];
        for (var i = 0; i < results.Length; i++)
            results[i] = _follows[i] && some?.Contains(Guests[i]) is not false ? AppendResult.Written : AppendResult.Fenced;
        return results;
    }
}
