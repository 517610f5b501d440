using System.CommandLine;
using static GuestSessions.Cli.Commands.Make;

namespace GuestSessions.Cli.Commands;

/// <summary>Completion of commands and options by the shell, which asks the tool itself.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _sessions() {
          local IFS=$'\n'
          COMPREPLY=($(sessions "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null | grep -- "^${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -F _sessions sessions
        """;

    private const string Zsh = """
        _sessions() { compadd -- ${(f)"$(sessions "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)"} }
        compdef _sessions sessions
        """;

    public static Command Make()
    {
        var shell = new Argument<string>("shell") { Description = "bash or zsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh");
        var command = Bare("completion", "Writes the completion of a shell: eval \"$(sessions completion bash)\".", shell);
        command.SetAction(parsed =>
        {
            Output.Writer.Line(parsed.GetRequiredValue(shell) == "bash" ? Bash : Zsh);
            return ExitCodes.Done;
        });
        return command;
    }
}
