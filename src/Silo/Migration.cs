using System.Data.Common;
using GuestSessions.Clustering.Membership;
using GuestSessions.Core.Journal;
using GuestSessions.ServiceDefaults.Options;

namespace GuestSessions.Silo;

/// <summary>
/// The command <c>migrate</c>: migrates the database's schema to this version and ends. For operators who do not let
/// a running service change the schema.
/// </summary>
internal static class Migration
{
    public static async Task<int> RunAsync(ServiceOptions options)
    {
        try
        {
            await JournalChoice.MigrateAsync(options.Storage, CancellationToken.None);
            await MembershipSchema.MigrateAsync(options, CancellationToken.None);
            Console.WriteLine("The schema has this version, or a newer one that this version can use.");
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
