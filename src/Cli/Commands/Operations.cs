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
        var operation = await EndAsync(context, await context.Service.PostAsync(path, body, context.End));
        context.Writer.One(operation);
        return HasCompleted(operation) ? ExitCodes.Done : ExitCodes.Failed;
    }

    public static bool HasCompleted(JsonObject operation) => operation["state"]?.GetValue<string>() == "completed";

    /// <summary>Waits for the end of an operation that has begun.</summary>
    public static async Task<JsonObject> EndAsync(Context context, JsonObject operation)
    {
        var id = operation["id"]!.GetValue<string>();
        Writer.Message($"Operation {id}. It goes on if this command is stopped.");
        while (operation["state"]?.GetValue<string>() == "running")
        {
            await Task.Delay(Interval, TimeProvider.System, context.End);
            operation = await context.Service.GetAsync($"v1/operations/{id}", context.End);
        }

        return operation;
    }
}
