using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace GuestSessions.Api.Console;

/// <summary>
/// The filters of a page: the part of its query that the API's services know, without empty fields, which a browser sends
/// for every field that a person leaves empty.
/// </summary>
public sealed class ConsoleQuery
{
    private readonly Dictionary<string, string> _values;

    private ConsoleQuery(Dictionary<string, string> values) => _values = values;

    internal static ConsoleQuery Of(HttpContext context, params ReadOnlySpan<string> names)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (context.Request.Query[name] is [{ } value, ..] && value.Trim() is { Length: > 0 } given)
                values[name] = given;
        }

        return new ConsoleQuery(values);
    }

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Whether a person chose any filter, besides the place in the list.</summary>
    public bool IsFiltered => _values.Keys.Any(static name => name is not ("after" or "order" or "limit"));

    /// <summary>With another value for a parameter, unless it has one.</summary>
    internal ConsoleQuery Or(string name, string value) =>
        new(new(_values, StringComparer.Ordinal) { [name] = _values.GetValueOrDefault(name, value) });

    /// <summary>Times of a form have no zone: they are UTC, as the form says.</summary>
    internal ConsoleQuery WithTimes(params ReadOnlySpan<string> names)
    {
        Dictionary<string, string> values = new(_values, StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (values.TryGetValue(name, out var time) && time.Length is 16 or 19 && time[10] == 'T')
                values[name] = time.Length == 16 ? $"{time}:00Z" : $"{time}Z";
        }

        return new ConsoleQuery(values);
    }

    /// <summary>An address with these filters, and one more parameter.</summary>
    public string Address(string path, string? name = null, string? value = null)
    {
        Dictionary<string, string?> all = new(_values.Where(static one => one.Key != "after")
            .Select(static one => KeyValuePair.Create(one.Key, (string?)one.Value)), StringComparer.Ordinal);
        if (name is not null)
            all[name] = value;
        return QueryHelpers.AddQueryString(path, all.Where(static one => one.Value is not null));
    }

    /// <summary>As the services of the API read it.</summary>
    internal IQueryCollection ToServices() =>
        new QueryCollection(_values.ToDictionary(static one => one.Key, static one => new StringValues(one.Value)));
}
