using System.Collections.Frozen;
using System.Globalization;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api;

/// <summary>Reads the query parameters of lists.</summary>
internal static class QueryParameters
{
    /// <summary>Maximum length of a filter's value, in characters.</summary>
    public const int LongestText = 128;

    /// <summary>The value of a parameter; null when it is absent. No parameter can have an empty value.</summary>
    public static string? One(this IQueryCollection query, string name)
        => query.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>Reads a filter by text; false when nothing in it is visible, or it is too long.</summary>
    public static bool TryText(this IQueryCollection query, string name, out string? text, out Refusal? refused)
    {
        text = query.One(name);
        refused = text is null || (text.Length <= LongestText && !CleanText.IsInvisible(text))
            ? null
            : Refusals.InvalidParameter(name, $"Expected 1 to {LongestText} characters.");
        return refused is null;
    }

    /// <summary>A filter by the type of events, read as ingest reads it. Types are open: any can be asked for.</summary>
    public static bool TryType(this IQueryCollection query, out string? type, out Refusal? refused)
    {
        var isRead = query.TryText("type", out var text, out refused);
        type = isRead && text is not null ? EventTypes.Read(text) : null;
        return isRead;
    }

    /// <summary>Reads a time; false when it is none.</summary>
    public static bool TryTime(this IQueryCollection query, string name, out DateTimeOffset? time, out Refusal? refused)
    {
        time = null;
        refused = null;
        if (query.One(name) is not { } text)
            return true;
        if (Rfc3339.TryParse(text, out var parsed))
            time = parsed.ToUniversalTime();
        else
            refused = Refusals.InvalidParameter(name, "Expected an RFC 3339 time with an offset.");
        return refused is null;
    }

    /// <summary>Reads a filter by one of a few names; false when it is none of them, or empty.</summary>
    public static bool TryName(
        this IQueryCollection query, string name, IReadOnlyCollection<string> names, out string? value, out Refusal? refused)
    {
        value = query.One(name);
        refused = value is null || names.Contains(value)
            ? null
            : Refusals.InvalidParameter(name, $"Expected one of {string.Join(", ", names.Order(StringComparer.Ordinal))}.");
        return refused is null;
    }

    /// <summary>Reads a filter by a warning's code, or by any warning.</summary>
    public static bool TryWarning(this IQueryCollection query, out string? warning, out Refusal? refused) =>
        query.TryName("warning", Warnings, out warning, out refused);

    private static readonly FrozenSet<string> Warnings =
        EventCodes.Warnings.Append(EventWarning.Any).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Reads how many items a page shall have; false when a page cannot have that many.</summary>
    public static bool TryLimit(this IQueryCollection query, out int limit, out Refusal? refused)
    {
        limit = PageLimit.Default;
        refused = query.One("limit") is { } asked
            && !(int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                && PageLimit.IsValid(limit))
            ? Refusals.InvalidParameter("limit", PageLimit.Expected)
            : null;
        return refused is null;
    }
}
