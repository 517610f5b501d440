using GuestSessions.Storage.Sqlite;

namespace GuestSessions.SystemTests.Footprint;

/// <summary>The memory that a guest takes between its events: it decides how many guests fit into a silo.</summary>
public sealed class IdleGuestTests(ITestOutputHelper output)
{
    private const int EventsOfGuest = 20;

    [Fact]
    public async Task An_idle_guest_with_20_delivered_events_takes_little_memory()
    {
        const int warm = 500;
        const int guests = 2_000;
        var folder = Directory.CreateTempSubdirectory("footprint-");
        try
        {
            await using var silo = new InnerSilo(
                () => new SqliteStore($"Data Source={Path.Combine(folder.FullName, "sessions.db")}"));
            await silo.StartAsync();
            await silo.RecordAsync(first: 0, warm, EventsOfGuest);
            var before = Managed();

            await silo.RecordAsync(first: warm, guests, EventsOfGuest);

            var bytes = (Managed() - before) / guests;
            output.WriteLine($"{bytes} bytes per idle guest, of them about 2,300 in Orleans");
            Assert.InRange(bytes, 1, 6 * 1024);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Bytes of live objects. A collection may free what another one has finalized.</summary>
    private static long Managed()
    {
        for (var times = 0; times < 3; times++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
