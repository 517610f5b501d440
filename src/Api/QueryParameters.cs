using System.Globalization;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api;

/// <summary>What lists read from their query.</summary>
internal static class QueryParameters
{
    /// <summary>No filter's value is longer.</summary>
    public const int LongestText = 128;

    /// <summary>Null when it is absent or empty.</summary>
    public static string? One(this IQueryCollection query, string name)
        => query.TryGetValue(name, out var values) && !string.IsNullOrEmpty(values)
            ? values.ToString()
            : null;

    /// <summary>A filter by text; false when it is too long.</summary>
    public static bool TryText(this IQueryCollection query, string name, out string? text, out Refusal? refused)
    {
        text = query.One(name);
        refused = text is { Length: > LongestText }
            ? Refusals.InvalidParameter(name, $"Expected at most {LongestText} characters.")
            : null;
        return refused is null;
    }

    /// <summary>How many items a page shall have; false when that is no number a page can have.</summary>
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
