namespace GuestSessions.ServiceDefaults.Options.Keys;

/// <summary>Finds the name that was probably intended by a misspelled one.</summary>
internal static class KeySuggestion
{
    /// <returns>The closest known name; null when none is close.</returns>
    public static string? For(string key, IEnumerable<string> known)
    {
        var (meant, distance) = known
            .Select(name => (Name: name, Distance: Distance(key.ToUpperInvariant(), name.ToUpperInvariant())))
            .DefaultIfEmpty((Name: "", Distance: int.MaxValue))
            .MinBy(static candidate => candidate.Distance);
        return distance <= Math.Max(1, Math.Max(key.Length, meant.Length) / 3) ? meant : null;
    }

    /// <summary>Optimal string alignment: letters deleted, inserted, replaced, or swapped with their neighbours.</summary>
    private static int Distance(string one, string other)
    {
        var table = new int[one.Length + 1, other.Length + 1];
        for (var row = 0; row <= one.Length; row++)
        {
            for (var column = 0; column <= other.Length; column++)
            {
                if (row == 0 || column == 0)
                {
                    table[row, column] = row + column;
                    continue;
                }

                var same = one[row - 1] == other[column - 1];
                var least = Math.Min(
                    Math.Min(table[row - 1, column], table[row, column - 1]) + 1,
                    table[row - 1, column - 1] + (same ? 0 : 1));
                if (row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1])
                    least = Math.Min(least, table[row - 2, column - 2] + 1);
                table[row, column] = least;
            }
        }

        return table[one.Length, other.Length];
    }
}
