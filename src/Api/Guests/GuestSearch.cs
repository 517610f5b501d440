using GuestSessions.Api.Ingest;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Guests;

/// <summary><c>POST /v1/guests/search</c>: guests by what is known of them.</summary>
internal sealed class GuestSearch(
    TenantCatalog tenants, GuestGrains guests, LinkedGuests links, IngestOptions limits)
{
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
        // One more than asked for tells whether there is a next page.
        var found = await guests.Directory(tenant.Name)
            .FindAsync(search.Term.Kind, search.Term.Value, search.After, search.Limit + 1);
        var raw = found.Take(search.Limit).ToList();
        var next = found.Count > search.Limit ? raw[^1] : null;

        // A browser somebody was named for is found as that guest.
        var names = await Task.WhenAll(raw.Select(guest => links.NameOfAsync(tenant.Name, guest)));
        var page = names.Distinct().Select(static guest => new FoundGuest(guest)).ToList();
        return JsonAnswer.Ok(new ItemList<FoundGuest>(page, next), ApiJson.Default.ItemListFoundGuest);
    }
}
