using System.Collections.Frozen;
using GuestSessions.Api.Authentication.People;
using GuestSessions.Api.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GuestSessions.Api.Authentication;

/// <summary>The scope that an endpoint requires.</summary>
internal sealed record RequiredScope(string Name);

/// <summary>
/// Finds the caller by <c>Authorization: Bearer</c> with a key or a person's token, and checks the scope that the endpoint
/// requires, in one step. The tenant follows from the credential; only one of several tenants needs the header <c>Tenant</c>. The
/// answer never tells whether a tenant exists.
/// </summary>
internal sealed class KeyCheck(RequestDelegate next, ApiKeyRing keys, PeopleTokens tokens)
{
    public const string TenantHeader = "Tenant";

    private const string Prefix = "Bearer ";
    private const string Challenge = "Bearer";
    private const string TokenChallenge = "Bearer error=\"invalid_token\"";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>() is not { } required)
            return next(context);
        var header = context.Request.Headers[HeaderNames.Authorization].ToString();
        var bearer = BearerOf(header);
        if (tokens.Are(bearer))
            return CheckTokenAsync(context, required.Name);
        var grants = keys.Find(bearer);
        return grants.Count == 0
            ? Refuse(context, Challenge, Refusals.Unauthenticated())
            : GoOn(context, required.Name, grants);
    }

    /// <summary>What the request's key grants: a caller for each tenant; empty without a known key.</summary>
    public static FrozenDictionary<string, Caller> GrantsOf(HttpRequest request, ApiKeyRing keys) =>
        keys.Find(BearerOf(request.Headers[HeaderNames.Authorization].ToString()));

    private static ReadOnlySpan<char> BearerOf(string header) =>
        header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header.AsSpan(Prefix.Length).Trim() : default;

    private static Task Refuse(HttpContext context, string challenge, Refusal refusal)
    {
        context.Response.Headers.WWWAuthenticate = challenge;
        return refusal.ExecuteAsync(context);
    }

    private async Task CheckTokenAsync(HttpContext context, string scope)
    {
        var answer = await tokens.FindAsync(context);
        if (answer.IsUnavailable)
            await Refusals.SignInUnavailable().ExecuteAsync(context);
        else if (answer.Grants is not { } grants)
            await Refuse(context, TokenChallenge, Refusals.InvalidToken(answer.Reason));
        else if (grants.Count == 0)
            await Refusals.MissingScope(scope).ExecuteAsync(context);
        else
            await GoOn(context, scope, grants);
    }

    private Task GoOn(HttpContext context, string scope, FrozenDictionary<string, Caller> grants)
    {
        var named = context.Request.Headers[TenantHeader].ToString();
        var caller = named.Length == 0 && grants.Count == 1 ? grants.Values[0] : grants.GetValueOrDefault(named);
        if (caller is null)
            return Refusals.TenantRequired().ExecuteAsync(context);
        context.User = caller;
        return caller.Has(scope) ? next(context) : Refusals.MissingScope(scope).ExecuteAsync(context);
    }
}
