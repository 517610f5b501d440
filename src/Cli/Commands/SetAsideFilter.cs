using System.CommandLine;

namespace GuestSessions.Cli.Commands;

/// <summary>Which set-aside events.</summary>
internal static class SetAsideFilter
{
    public static (Option<string> Type, Option<string> Code) Options() => (
        new Option<string>("--type") { Description = "Only events of this type." },
        new Option<string>("--code") { Description = "Only events that were set aside for this reason." });
}
