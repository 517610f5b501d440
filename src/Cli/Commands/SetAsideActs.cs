using System.CommandLine;
using System.Text.Json.Nodes;
using static GuestSessions.Cli.Commands.Make;

namespace GuestSessions.Cli.Commands;

/// <summary>
/// Acts on set-aside events: on one, or with <c>--all</c> on all that a filter finds. With <c>--dry-run</c>, such an act only says
/// what it would do.
/// </summary>
internal sealed class SetAsideActs
{
    private readonly Argument<string?> _guest = new("guest") { Arity = ArgumentArity.ZeroOrOne, Description = "The id of the guest." };
    private readonly Argument<string?> _event = new("event-id") { Arity = ArgumentArity.ZeroOrOne, Description = "The id of the event." };
    private readonly Option<bool> _all = new("--all") { Description = "All that the filter finds; needs --yes, or --dry-run." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "With --all: counts exactly what would be done, and does nothing." };
    private readonly Option<string> _type;
    private readonly Option<string> _code;
    private readonly Option<string> _reason = Reason;
    private readonly Option<bool> _yes = Yes;

    private SetAsideActs() => (_type, _code) = SetAsideFilter.Options();

    public static Command Redrive()
    {
        var acts = new SetAsideActs();
        var inDoubt = new Option<bool>("--in-doubt") { Description = "With --all: those in doubt, which may arrive twice; those in quarantine otherwise." };
        var patch = new Option<string>("--patch") { Description = "A file with a JSON Merge Patch of the event; - reads stdin." };
        return acts.Command("redrive", "Delivers an event again, as it is or with a patch; or all that a filter finds.", async context =>
        {
            if (context[acts._all] && context[patch] is not null)
                throw new CommandFailedException(ExitCodes.Usage, "A patch is for one event.");
            var body = new JsonObject().With("patch", await JsonFile.ReadAsync(context[patch], context.End));
            return await acts.RunAsync(
                context, "redrive", context[inDoubt] ? "in-doubt" : "quarantine", body, isFinal: false);
        }, inDoubt, patch);
    }

    public static Command Resolve()
    {
        var acts = new SetAsideActs();
        var outcome = new Option<string>("--as") { Description = "Whether it arrived: delivered or not_delivered.", Required = true };
        outcome.AcceptOnlyFromAmong("delivered", "not_delivered");
        return acts.Command(
            "resolve", "Records whether an event arrived, or all in doubt that a filter finds.",
            context => acts.RunAsync(context, "resolve", "in-doubt", new JsonObject { ["outcome"] = context[outcome] }, isFinal: true), outcome);
    }

    public static Command Discard()
    {
        var acts = new SetAsideActs();
        return acts.Command(
            "discard", "Gives an event up for ever, or all of the quarantine that a filter finds.",
            context => acts.RunAsync(context, "discard", "quarantine", [], isFinal: true));
    }

    private Command Command(string name, string description, Func<Context, Task<int>> run, params Symbol[] more) =>
        Make.Command(name, description, run, [_guest, _event, _all, .. more, _type, _code, _dryRun, _reason, _yes]);

    /// <param name="act">As the API names it.</param>
    /// <param name="list">On which list of events it acts with --all.</param>
    /// <param name="body">What the act says besides its reason.</param>
    /// <param name="isFinal">Whether nothing undoes it, also for one event.</param>
    private async Task<int> RunAsync(Context context, string act, string list, JsonObject body, bool isFinal)
    {
        body["reason"] = context[_reason];
        if (context[_all])
            return await RunAllAsync(context, $"v1/{list}/{act}", body.With("type", context[_type]).With("code", context[_code]));
        if (context.Parsed.GetValue(_guest) is not { } guest || context.Parsed.GetValue(_event) is not { } one)
            throw new CommandFailedException(ExitCodes.Usage, "Name a guest and an event, or say --all.");
        if (context[_dryRun])
            throw new CommandFailedException(ExitCodes.Usage, "--dry-run is for --all.");
        if (isFinal)
            Confirmed(context[_yes], "It cannot be undone.");
        context.Writer.One(await context.Service.PostAsync($"v1/guests/{Segment(guest)}/events/{Segment(one)}/{act}", body, context.End));
        return ExitCodes.Done;
    }

    private async Task<int> RunAllAsync(Context context, string path, JsonObject body)
    {
        if (context.Parsed.GetValue(_guest) is not null)
            throw new CommandFailedException(ExitCodes.Usage, "Name an event, or say --all; not both.");
        if (context[_dryRun])
        {
            context.Writer.One(await context.Service.PostAsync($"{path}?plan", body, context.End));
            return ExitCodes.Done;
        }

        Confirmed(context[_yes], "It acts on every event that the filter finds.");
        return await Operations.RunAsync(context, path, body);
    }
}
