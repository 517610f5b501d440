using GuestSessions.Api.Authentication;
using GuestSessions.Api.Ingest;
using GuestSessions.Api.Rejections;
using GuestSessions.Core.Events;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Guests;

/// <summary><c>POST /v1/guests/search</c>: finds guests by known values.</summary>
internal sealed class GuestSearch(
    GuestGrains guests, GuestSpellings spellings, LinkedGuests links, GuestRejections rejections,
    SearchHits hits, IngestOptions limits)
{
    private const string Hint =
        "No guest has this value. The service compares whole values, regardless of capitals and of blanks around them. Try "
        + "text, which searches every kind of value and every provider.";

    private const string HintOfText =
        "No guest has this value. The service compares whole values, regardless of capitals and of blanks around them; only an event id has to be exact.";

    private static readonly IReadOnlyList<string> KindsOfText =
        [HitKinds.Identifier, HitKinds.BrowserId, HitKinds.OrderReference, HitKinds.GuestId, HitKinds.EventId];

    public async Task<IResult> PostAsync(HttpContext context)
    {
        if (RequestBody.CheckType(context.Request, JsonAnswer.ContentType) is { } wrongType)
            return wrongType;

        var (body, refused) = await RequestBody.ReadAsync(context.Request, limits.EventBytes);
        using (body)
        {
            if (refused is not null)
                return refused;
            var (search, invalid) = SearchRequest.Read(body.Bytes, limits.JsonDepth);
            return search is null ? invalid! : await FindAsync(Caller.Of(context), search);
        }
    }

    public async Task<Answered<SearchAnswer>> FindAsync(Caller caller, SearchRequest search)
    {
        var tenant = caller.Tenant;

        var found = search.EventsBefore is null ? await FindAllAsync(tenant, search) : [];
        IReadOnlyList<RejectionItem> rejected = search.After is null && search.EventsBefore is null
            ? await rejections.FindAsync(tenant, search.Guest, search.OrderReference)
            : [];
        var events = found.Count + rejected.Count == 0 && search is { Text: { } id, After: null } && CallerIds.IsValid(id)
            ? await guests.Events(tenant).FindAsync(id, search.EventsBefore)
            : null;
        foreach (var guest in events?.Guests ?? [])
            found.Add(guest, [HitKinds.EventId]);

        // One item more than requested tells whether there is a next page.
        var all = found.Keys.Order(StringComparer.Ordinal).ToList();
        var raw = all.Take(search.Limit).ToList();
        var next = all.Count > search.Limit && events is null ? raw[^1] : null;

        // A browser for which a guest was named is found as that guest.
        var names = await Task.WhenAll(raw.Select(guest => links.NameOfAsync(tenant, guest)));
        var items = raw.Zip(names, (guest, name) => (Name: name, Kinds: found[guest]))
            .GroupBy(static one => one.Name, static one => one.Kinds, StringComparer.Ordinal)
            .Select(static same => (Guest: same.Key, Kinds: same.SelectMany(static kinds => kinds).Distinct()))
            .ToList();
        var isNothing = items.Count + rejected.Count == 0 && search.After is null;
        return JsonAnswer.Ok(
            new SearchAnswer(await hits.ReadAsync(tenant, items), next)
            {
                Rejections = rejected.Count > 0 ? rejected : null,
                Hint = !isNothing ? null : search.Text is null ? Hint : HintOfText,
                LookedFor = isNothing ? LookedFor(search) : null,
                Events = events is not null ? new ComparedEvents(events.BackTo, events.Next?.ToString()) : null,
                Spellings = isNothing && search.Text is { } text && (search.EventsBefore is null || events?.Next is null) ? await OtherSpellingsAsync(tenant, text) : null,
            },
            ApiJson.Default.SearchAnswer);
    }

    private async Task<Dictionary<string, HashSet<string>>> FindAllAsync(string tenant, SearchRequest search)
    {
        var directory = guests.Directory(tenant);
        var byTerm = search.Terms.Select(async term => (
            Kind: KindOf(term),
            Guests: await directory.FindAsync(term.Kind, term.Value, search.After, search.Limit + 1)));
        var asked = await Task.WhenAll(byTerm.Append(ByIdAsync(tenant, search)).Append(ByEventAsync(tenant, search)));
        Dictionary<string, HashSet<string>> found = new(StringComparer.Ordinal);
        foreach (var (kind, named) in asked)
        {
            foreach (var guest in named)
            {
                if (!found.TryGetValue(guest, out var kinds))
                    found.Add(guest, kinds = new(StringComparer.Ordinal));
                kinds.Add(kind);
            }
        }

        // The index has guest ids with capitals beside all other texts.
        foreach (var (_, kinds) in found)
        {
            if (kinds.Contains(HitKinds.GuestId) && search.Text is not null)
                kinds.Remove(HitKinds.Identifier);
        }

        return found;
    }

    private static string KindOf(SearchTerm term) => term.Kind switch
    {
        SearchTerm.BrowserIdKind => HitKinds.BrowserId,
        SearchTerm.OrderReferenceKind => HitKinds.OrderReference,
        _ => HitKinds.Identifier,
    };

    private async Task<(string Kind, IReadOnlyList<string> Guests)> ByIdAsync(string tenant, SearchRequest search) =>
        (HitKinds.GuestId, search.Guest is { } guest
            ? await spellings.FindAsync(tenant, guest, search.After, search.Limit + 1)
            : []);

    /// <summary>The ids of events that are set aside are in their list. All others are compared only if nothing else is found.</summary>
    private async Task<(string Kind, IReadOnlyList<string> Guests)> ByEventAsync(string tenant, SearchRequest search) =>
        (HitKinds.EventId, search.Text is { } id && CallerIds.IsValid(id)
            ? [.. (await guests.Lists(tenant).FindSetAsideAsync(id, search.Limit + 1)).Select(static aside => aside.Name)
                .Where(name => string.CompareOrdinal(name, search.After) > 0)]
            : []);

    private static IReadOnlyList<string> LookedFor(SearchRequest search) => search.Text is null
        ? [.. search.Terms.Select(KindOf)]
        : search.EventsBefore is not null ? [HitKinds.EventId]
        : [.. KindsOfText.Where(kind => kind switch
        {
            HitKinds.BrowserId => SearchTerm.IsBrowserId(search.Text),
            HitKinds.EventId => CallerIds.IsValid(search.Text),
            _ => true,
        })];

    private async Task<IReadOnlyList<OtherSpelling>?> OtherSpellingsAsync(string tenant, string text)
    {
        var tried = await Task.WhenAll(SearchSpellings.Of(text).Select(async spelling =>
        {
            var search = SearchRequest.OfText(spelling);
            return (Spelling: spelling, Found: await FindAllAsync(tenant, search),
                Rejected: await rejections.FindAsync(tenant, search.Guest, search.OrderReference));
        }));
        List<OtherSpelling> found = [.. tried
            .Where(static one => one.Found.Count + one.Rejected.Count > 0)
            .Select(static one => new OtherSpelling(
                one.Spelling, [.. one.Found.Values.SelectMany(static kinds => kinds).Distinct()]))];
        return found.Count > 0 ? found : null;
    }
}
