using System.Globalization;

namespace GuestSessions.Storage.Postgres;

/// <summary>A partition of the journal: the commits that arrived on certain consecutive days.</summary>
/// <param name="To">The day after its last day.</param>
internal sealed record PostgresPartition(DateOnly From, DateOnly To)
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"journal_{From:yyyyMMdd}");

    public string FromText => From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string ToText => To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public bool Holds(DateOnly day) => From <= day && day < To;
}
