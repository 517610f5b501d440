using GuestSessions.Api.Ingest;
using GuestSessions.Api.Rejections;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Guests;

/// <summary><c>POST /v1/guests/search</c>: finds guests by known values.</summary>
internal sealed class GuestSearch(
    TenantCatalog tenants, GuestGrains guests, GuestSpellings spellings, LinkedGuests links, GuestRejections rejections,
    IngestOptions limits)
{
    private const string Hint =
        "No guest has this value. The service compares whole values, regardless of capitals and of blanks around them. Try "
        + "text, which searches every kind of value and every provider.";

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
            return search is null ? invalid! : await FindAsync(tenants.Of(context), search);
        }
    }

    private async Task<IResult> FindAsync(Tenant tenant, SearchRequest search)
    {
        // One item more than requested tells whether there is a next page.
        var directory = guests.Directory(tenant.Name);
        var found = await Task.WhenAll(search.Terms.Select(
            term => directory.FindAsync(term.Kind, term.Value, search.After, search.Limit + 1)));
        var all = found.SelectMany(static guests => guests).Concat(await ByIdAsync(tenant.Name, search))
            .Distinct().Order(StringComparer.Ordinal).ToList();
        var raw = all.Take(search.Limit).ToList();
        var next = all.Count > search.Limit ? raw[^1] : null;

        // A browser for which a guest was named is found as that guest.
        var names = await Task.WhenAll(raw.Select(guest => links.NameOfAsync(tenant.Name, guest)));
        IReadOnlyList<RejectionItem> rejected = search.After is null
            ? await rejections.FindAsync(tenant.Name, search.Guest, search.OrderReference)
            : [];
        return JsonAnswer.Ok(
            new SearchAnswer([.. names.Distinct().Select(static guest => new FoundGuest(guest))], next)
            {
                Rejections = rejected.Count > 0 ? rejected : null,
                Hint = names.Length + rejected.Count == 0 && search.After is null ? Hint : null,
            },
            ApiJson.Default.SearchAnswer);
    }

    private async Task<IReadOnlyList<string>> ByIdAsync(string tenant, SearchRequest search) => search.Guest is { } guest
        ? await spellings.FindAsync(tenant, guest, search.After, search.Limit + 1)
        : [];
}
