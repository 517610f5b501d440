using System.Data.Common;
using GuestSessions.Clustering.Membership;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Options;
using GuestSessions.Storage;

namespace GuestSessions.Silo;

/// <summary>
/// The command <c>migrate</c>: brings the database's schema up to this version and ends, for operators who let
/// no running service change it.
/// </summary>
internal static class Migration
{
    public static async Task<int> RunAsync(SessionsOptions options)
    {
        try
        {
            await StorageServices.MigrateAsync(options.Storage, CancellationToken.None);
            await MembershipSchema.MigrateAsync(options, CancellationToken.None);
            Console.WriteLine("The schema is that of this version, or of a newer one that it can work with.");
            return 0;
        }
        catch (Exception failure)
            when (failure is InvalidOperationException or JournalUnavailableException or ArgumentException or DbException)
        {
            Console.Error.WriteLine($"{failure.Message} {failure.InnerException?.Message}");
            return 1;
        }
    }
}
