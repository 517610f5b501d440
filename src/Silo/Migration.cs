using GuestSessions.Core.Journal;
using GuestSessions.Core.Options;
using GuestSessions.Storage;

namespace GuestSessions.Silo;

/// <summary>
/// The command <c>migrate</c>: brings the database's schema up to this version and ends, for operators who let no
/// running service change it.
/// </summary>
internal static class Migration
{
    public static async Task<int> RunAsync(StorageOptions storage)
    {
        try
        {
            await StorageServices.MigrateAsync(storage, CancellationToken.None);
            Console.WriteLine("The schema is that of this version, or of a newer one that it can work with.");
            return 0;
        }
        catch (Exception failure)
            when (failure is InvalidOperationException or JournalUnavailableException or ArgumentException)
        {
            Console.Error.WriteLine($"{failure.Message} {failure.InnerException?.Message}");
            return 1;
        }
    }
}
