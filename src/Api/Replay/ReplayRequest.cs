using System.Text.Json;
using GuestSessions.Api.Support;
using GuestSessions.Core.Events;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Replay;

/// <summary>The range of a replay, from the members of its body.</summary>
internal static class ReplayRequest
{
    private const string FromSequence = "from_sequence";
    private const string ToSequence = "to_sequence";
    private const string ReceivedFrom = "received_from";
    private const string ReceivedTo = "received_to";
    private const string Type = "type";
    private const string DryRun = "dry_run";

    public static readonly string[] Members = [FromSequence, ToSequence, ReceivedFrom, ReceivedTo, Type, DryRun];

    /// <summary>Reads the range; what is wrong with it goes into the errors.</summary>
    public static (ReplayRange Range, bool DryRun) Read(ActRequest act, List<Violation> errors)
    {
        var range = new ReplayRange(
            Number(act, FromSequence, errors) ?? 1,
            Number(act, ToSequence, errors) ?? long.MaxValue,
            Time(act, ReceivedFrom, errors),
            Time(act, ReceivedTo, errors),
            Text(act, errors));
        var isDry = act.Members.TryGetValue(DryRun, out var dry) && dry.ValueKind == JsonValueKind.True;
        if (dry.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.True or JsonValueKind.False))
            errors.Add(new Violation("wrong_type", $"/{DryRun}", "Expected true or false."));
        else if (!isDry && act.Reason is null)
            errors.Add(new Violation("missing_reason", "/reason", "Expected why; the audit keeps it."));
        return (range, isDry);
    }

    private static long? Number(ActRequest act, string member, List<Violation> errors)
    {
        if (!act.Members.TryGetValue(member, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number > 0)
            return number;
        errors.Add(new Violation("wrong_type", $"/{member}", "Expected a sequence: an integer from 1 on."));
        return null;
    }

    private static DateTimeOffset? Time(ActRequest act, string member, List<Violation> errors)
    {
        if (!act.Members.TryGetValue(member, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.String && Rfc3339.TryParse(value.GetString(), out var time))
            return time;
        errors.Add(new Violation("wrong_type", $"/{member}", "Expected a time as in RFC 3339."));
        return null;
    }

    private static string? Text(ActRequest act, List<Violation> errors)
    {
        if (!act.Members.TryGetValue(Type, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= QueryParameters.LongestText } text)
            return text;
        errors.Add(new Violation(
            "wrong_type", $"/{Type}", $"Expected a string of at most {QueryParameters.LongestText} characters."));
        return null;
    }
}
