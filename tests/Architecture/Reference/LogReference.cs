using System.Reflection;
using System.Text;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Architecture.Tests.Reference;

/// <summary>What the service logs, from its log methods.</summary>
internal static class LogReference
{
    private const BindingFlags All =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static IReadOnlyList<(int Id, LoggerMessageAttribute Message, Type Source)> Messages { get; } =
    [
        .. from assembly in Repository.All.Append(Repository.Silo)
           from type in Repository.TypesOf(assembly)
           from method in type.GetMethods(All)
           let message = method.GetCustomAttribute<LoggerMessageAttribute>()
           where message is not null
           orderby message.EventId
           select (message.EventId, message, type),
    ];

    public static string Write()
    {
        var text = new StringBuilder("""
            # Log events

            Every entry that the service itself logs, by event id. An id never changes its meaning. The class is the category;
            placeholders are fields of the JSON. `Error` needs a person. After a `Warning` the service retries by itself.

            | Event | Level | Message | Class |
            |---|---|---|---|

            """);
        foreach (var (id, message, source) in Messages)
            text.AppendLine($"| {id} | {message.Level} | {message.Message} | `{source.FullName!["GuestSessions.".Length..]}` |");
        return text.ToString();
    }
}
