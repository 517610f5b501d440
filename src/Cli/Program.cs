using System.CommandLine;
using System.CommandLine.Invocation;
using GuestSessions.Cli;
using GuestSessions.Cli.Commands;
using GuestSessions.Cli.Output;

var root = new RootCommand("Calls a Guest Sessions service. stdout carries data only; docs/cli.md has examples and the exit codes.")
{
    ImportCommand.Make(),
    SendCommand.Make(),
    TailCommand.Make(),
    ReadCommands.Find(),
    ReadCommands.Guest(),
    ReadCommands.Timeline(),
    ReadCommands.Event(),
    ReadCommands.Reveal(),
    SetAsideCommand.Make(),
    ReplayCommand.Make(),
    PrivacyCommands.Erase(),
    PrivacyCommands.Export(),
    PauseCommands.Pause(),
    PauseCommands.Resume(),
    KeysCommand.Make(),
    DoctorCommand.Make(),
    CompletionCommand.Make(),
    GlobalOptions.Profile,
    GlobalOptions.Output,
};

var parsed = root.Parse(args);
if (parsed.Action is ParseErrorAction)
{
    foreach (var error in parsed.Errors)
        Writer.Message(error.Message);
    var command = parsed.CommandResult.Command;
    Writer.Message(command == root ? "Run: sessions --help" : $"Run: sessions {command.Name} --help");
    return ExitCodes.Usage;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (CommandFailedException failed)
{
    Writer.Message(failed.Message);
    return failed.ExitCode;
}
catch (OperationCanceledException)
{
    Writer.Message("Stopped before the end.");
    return ExitCodes.Failed;
}
catch (Exception fault) when (fault is IOException or HttpRequestException or UnauthorizedAccessException)
{
    Writer.Message(fault.Message);
    return ExitCodes.Failed;
}
