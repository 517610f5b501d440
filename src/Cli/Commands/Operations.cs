using System.Text.Json.Nodes;
using GuestSessions.Cli.Output;

namespace GuestSessions.Cli.Commands;

/// <summary>Long work of the service, from its start to its end.</summary>
internal static class Operations
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Starts it, waits for its end, and writes it.</summary>
    public static async Task<int> RunAsync(Context context, string path, JsonObject body)
    {
        var operation = await context.Service.PostAsync(path, body, context.End);
        var id = operation["id"]!.GetValue<string>();
        Writer.Message($"Operation {id}. It goes on if this command is stopped.");
        while (operation["state"]?.GetValue<string>() == "running")
        {
            await Task.Delay(Interval, TimeProvider.System, context.End);
            operation = await context.Service.GetAsync($"v1/operations/{id}", context.End);
        }

        context.Writer.One(operation);
        return operation["state"]?.GetValue<string>() == "completed" ? ExitCodes.Done : ExitCodes.Failed;
    }
}
