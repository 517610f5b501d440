using System.CommandLine;
using System.Text.Json.Nodes;
using GuestSessions.Cli.Output;

namespace GuestSessions.Cli.Commands;

/// <summary>Options of every command.</summary>
internal static class GlobalOptions
{
    public static Option<string> Profile { get; } = new("--profile")
    {
        Description = "The profile to use; the one named default otherwise.",
        Recursive = true,
    };

    public static Option<Format> Output { get; } = new("--output", "-o")
    {
        Description = "How data is written.",
        Recursive = true,
        DefaultValueFactory = static _ => Format.Table,
    };
}

/// <summary>What a running command has.</summary>
internal sealed record Context(ParseResult Parsed, Service Service, Writer Writer, CancellationToken End)
{
    public string this[Argument<string> argument] => Parsed.GetRequiredValue(argument);

    public string? this[Option<string> option] => Parsed.GetValue(option);

    public bool this[Option<bool> option] => Parsed.GetValue(option);

    public int this[Option<int> option] => Parsed.GetValue(option);

    public int? this[Option<int?> option] => Parsed.GetValue(option);

    public long? this[Option<long?> option] => Parsed.GetValue(option);
}

/// <summary>Makes commands.</summary>
internal static class Make
{
    public static Option<string> Reason => new("--reason") { Description = "Why; the audit keeps it.", Required = true };

    public static Option<bool> Yes => new("--yes") { Description = "Does what cannot be undone." };

    public static Argument<string> GuestArgument => new("guest") { Description = "The id of the guest." };

    public static Argument<string> EventArgument => new("event-id") { Description = "The id of the event." };

    /// <summary>A command that calls the service.</summary>
    public static Command Command(string name, string description, Func<Context, Task<int>> run, params Symbol[] parts)
    {
        var command = Bare(name, description, parts);
        command.SetAction(async (parsed, end) =>
        {
            using var service = new Service(Profiles.Profile.Read(parsed.GetValue(GlobalOptions.Profile)));
            return await run(new Context(parsed, service, new Writer(parsed.GetValue(GlobalOptions.Output)), end));
        });
        return command;
    }

    /// <summary>A command with its arguments and options.</summary>
    public static Command Bare(string name, string description, params Symbol[] parts)
    {
        var command = new Command(name, description);
        foreach (var part in parts)
        {
            switch (part)
            {
                case Argument argument:
                    command.Arguments.Add(argument);
                    break;
                case Option option:
                    command.Options.Add(option);
                    break;
                case Command inner:
                    command.Subcommands.Add(inner);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(parts), part, "No part of a command.");
            }
        }

        return command;
    }

    public static string Segment(string text) => Uri.EscapeDataString(text);

    /// <exception cref="CommandFailedException">It was not confirmed.</exception>
    public static void Confirmed(bool yes, string what)
    {
        if (!yes)
            throw new CommandFailedException(ExitCodes.Usage, $"{what} Say --yes.");
    }

    public static JsonObject With(this JsonObject body, string name, JsonNode? value)
    {
        if (value is not null)
            body[name] = value;
        return body;
    }
}
