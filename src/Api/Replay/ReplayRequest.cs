using System.Text.Json;
using GuestSessions.Api.Support;
using GuestSessions.Core.Events;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Replay;

/// <summary>Reads the range of a replay from the members of its body.</summary>
internal static class ReplayRequest
{
    private const string FromSequence = "from_sequence";
    private const string ToSequence = "to_sequence";
    private const string ReceivedFrom = "received_from";
    private const string ReceivedTo = "received_to";
    private const string Type = "type";
    private const string DryRun = "dry_run";
    private const string ConfirmOrders = "confirm_orders";
    private const string Line = "line";

    public static readonly string[] Members = [FromSequence, ToSequence, ReceivedFrom, ReceivedTo, Type, DryRun, ConfirmOrders, Line];

    /// <summary>Reads the range, and adds its errors to <paramref name="errors"/>.</summary>
    public static (ReplayRange Range, bool DryRun) Read(ActRequest act, List<Violation> errors)
    {
        var range = new ReplayRange(
            Number(act, FromSequence, errors) ?? 1,
            Number(act, ToSequence, errors) ?? long.MaxValue,
            Time(act, ReceivedFrom, errors),
            Time(act, ReceivedTo, errors),
            TypeOf(act, errors))
        {
            Orders = Flag(act, ConfirmOrders, errors) ?? false,
        };
        if (range.First > range.Last)
            errors.Add(Reversed(ToSequence, $"Expected {FromSequence} or a later sequence."));
        if (range.To <= range.From)
            errors.Add(Reversed(ReceivedTo, $"Expected a time after {ReceivedFrom}."));
        if (Flag(act, DryRun, errors) is not { } isDry)
            return (range, false);
        if (!isDry && act.Reason is null)
            errors.Add(ActRequest.MissingReason);
        return (range, isDry);
    }

    private static Violation Reversed(string member, string detail) =>
        new("invalid_range", $"/{member}", $"{detail} The range holds no event.");

    /// <summary>Whether the request names sequences, which count in one line only.</summary>
    public static bool NamesSequences(ActRequest act) =>
        act.Members.ContainsKey(FromSequence) || act.Members.ContainsKey(ToSequence);

    /// <summary>The named line, if any.</summary>
    public static string? LineOf(ActRequest act, List<Violation> errors)
    {
        if (!act.Members.TryGetValue(Line, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } line && CallerIds.IsValid(line))
            return line;
        errors.Add(new Violation(
            EventCodes.WrongType, $"/{Line}", "Expected the guest id of a line, as the timeline shows it."));
        return null;
    }

    /// <summary>False if the member is absent; null if it is not a boolean.</summary>
    private static bool? Flag(ActRequest act, string member, List<Violation> errors)
    {
        if (!act.Members.TryGetValue(member, out var value))
            return false;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.ValueKind == JsonValueKind.True;
        errors.Add(new Violation(EventCodes.WrongType, $"/{member}", "Expected true or false."));
        return null;
    }

    private static long? Number(ActRequest act, string member, List<Violation> errors)
    {
        if (!act.Members.TryGetValue(member, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number > 0)
            return number;
        errors.Add(new Violation(EventCodes.WrongType, $"/{member}", "Expected a sequence: an integer of at least 1."));
        return null;
    }

    private static DateTimeOffset? Time(ActRequest act, string member, List<Violation> errors)
    {
        if (!act.Members.TryGetValue(member, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.String && Rfc3339.TryParse(value.GetString(), out var time))
            return time;
        errors.Add(new Violation(EventCodes.WrongType, $"/{member}", "Expected an RFC 3339 time."));
        return null;
    }

    private static string? TypeOf(ActRequest act, List<Violation> errors)
    {
        if (!act.Members.TryGetValue(Type, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= QueryParameters.LongestText } text
            && EventTypes.Read(text) is { Length: > 0 } type)
            return type;
        errors.Add(new Violation(
            EventCodes.WrongType, $"/{Type}", $"Expected a string of 1 to {QueryParameters.LongestText} characters."));
        return null;
    }
}
