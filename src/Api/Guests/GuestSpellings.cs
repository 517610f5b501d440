using GuestSessions.Core.Events;
using GuestSessions.Core.Journal;

namespace GuestSessions.Api.Guests;

/// <summary>
/// Finds guests by their own ids whatever the capitals: two guests may differ by nothing else, and a person who types an id
/// cannot know.
/// </summary>
internal sealed class GuestSpellings(GuestGrains guests)
{
    /// <summary>The guests with this id after a place in the order of ids, at most so many.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string tenant, string id, string? after, int limit)
    {
        if (!CallerIds.IsValid(id))
            return [];

        // The index has the ids with capitals, beside all other texts.
        var term = SearchTerm.Text(id);
        var indexed = await guests.Directory(tenant).FindAsync(term.Kind, term.Value, after, limit);
        string[] tried = [.. new[] { id, term.Value }.Distinct().Where(guest => string.CompareOrdinal(guest, after) > 0)];
        var views = await Task.WhenAll(tried.Select(guest => guests.For(tenant, guest).ReadAsync()));
        return [.. tried.Where((_, at) => views[at] is not null)
            .Union(indexed.Where(guest => guest.Equals(id, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal).Take(limit)];
    }

    /// <summary>The guest that is meant: the one with this very id, else the first that differs in capitals alone.</summary>
    public async Task<string> MeantByAsync(string tenant, string id)
    {
        var clean = CleanText.Of(id);
        var found = await FindAsync(tenant, clean, after: null, limit: 20);
        return found.Count == 0 || found.Contains(clean) ? clean : found[0];
    }
}
