using System.Diagnostics;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Documents;

/// <summary>A shell into which blocks of documents are pasted, in a folder of its own.</summary>
internal static class DocumentShell
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3); // On a machine that many share.

    /// <summary>
    /// A refusal ends the script. An event that is acted on before it is set aside is acted on again: a person is slower. The hosts
    /// are those that were built beside these tests.
    /// </summary>
    private const string Prelude = """
        set -euo pipefail
        command -v jq >/dev/null || jq() { cat; }
        curl() {
          local tries answer
          for tries in $(seq 200); do
            if answer=$(command curl --fail-with-body "$@"); then printf '%s\n' "$answer"; return; fi
            [[ $answer == *wrong_state* ]] || break
            sleep 0.1
          done
          echo "curl $*: $answer" >&2
          return 1
        }
        # until_shows WORD ARGUMENTS OF CURL: what is posted takes its time.
        until_shows() {
          local tries answer=
          for tries in $(seq 600); do
            answer=$(command curl -s "${@:2}") && [[ $answer == *"$1"* ]] && return
            sleep 0.1
          done
          echo "No $1: $answer $(command curl -s "$API/v1/delivery-health" -H 'Authorization: Bearer demo-support')" >&2
          return 1
        }
        dotnet() { command dotnet "${@/#GuestSessions.Silo.dll/$SILO}"; }

        """;

    /// <summary>Runs a script to its end, and gives what it printed.</summary>
    public static async Task<string> RunAsync(string script, params (string Name, string Value)[] environment)
    {
        var folder = Directory.CreateTempSubdirectory("documents-");
        try
        {
            using var shell = Process.Start(StartInfo(Prelude + script, folder.FullName, environment))!;
            var output = shell.StandardOutput.ReadToEndAsync();
            var errors = shell.StandardError.ReadToEndAsync();
            using var deadline = new CancellationTokenSource(Patience);
            await shell.WaitForExitAsync(deadline.Token);
            Assert.True(shell.ExitCode == 0, $"{script}\nexit code {shell.ExitCode}\n{await output}{await errors}");
            return await output;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static ProcessStartInfo StartInfo(string script, string folder, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SILO"] = Binaries.Silo;
        start.Environment["ROOT"] = Binaries.Root;
        start.Environment["CONFIGURATION"] = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }
}
