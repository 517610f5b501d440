using GuestSessions.Core.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>Checks that the memory levels are in ascending order.</summary>
internal static class MemoryChecks
{
    private const string Memory = $"{SessionsOptions.Section}:Memory";

    public static void Check(MemoryOptions options, List<string> failures)
    {
        if (options.SparePercent >= options.LeavePercent)
            failures.Add($"{Memory}:SparePercent: expected less than LeavePercent.");
        if (options.RejectPercent <= options.LeavePercent)
            failures.Add($"{Memory}:RejectPercent: expected more than LeavePercent.");
        if (options.RejectAllPercent <= options.RejectPercent)
            failures.Add($"{Memory}:RejectAllPercent: expected more than RejectPercent.");
    }
}
