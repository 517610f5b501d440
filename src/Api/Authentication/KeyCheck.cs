using System.Collections.Frozen;
using GuestSessions.Api.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GuestSessions.Api.Authentication;

/// <summary>The scope that an endpoint requires.</summary>
internal sealed record RequiredScope(string Name);

/// <summary>
/// Finds the caller by <c>Authorization: Bearer &lt;secret&gt;</c>, and checks the scope that the endpoint requires, in one
/// step. The tenant follows from the key; only a key of several tenants needs the header <c>Tenant</c>. The answer never
/// tells whether a tenant exists.
/// </summary>
internal sealed class KeyCheck(RequestDelegate next, ApiKeyRing keys)
{
    public const string TenantHeader = "Tenant";

    private const string Prefix = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>() is not { } required)
            return next(context);
        var (caller, tenantRequired) = Find(context.Request);
        if (tenantRequired)
            return Refusals.TenantRequired().ExecuteAsync(context);
        if (caller is null)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Refusals.Unauthenticated().ExecuteAsync(context);
        }

        context.User = caller;
        return caller.Has(required.Name) ? next(context) : Refusals.MissingScope(required.Name).ExecuteAsync(context);
    }

    /// <summary>What the request's secret grants: a caller for each tenant; empty without a known secret.</summary>
    public static FrozenDictionary<string, Caller> GrantsOf(HttpRequest request, ApiKeyRing keys)
    {
        var header = request.Headers[HeaderNames.Authorization].ToString();
        return header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? keys.Find(header.AsSpan(Prefix.Length).Trim())
            : FrozenDictionary<string, Caller>.Empty;
    }

    private (Caller? Caller, bool TenantRequired) Find(HttpRequest request)
    {
        var grants = GrantsOf(request, keys);
        if (grants.Count == 0)
            return default;
        var named = request.Headers[TenantHeader].ToString();
        if (named.Length == 0 && grants.Count == 1)
            return (grants.Values[0], false);
        return grants.TryGetValue(named, out var caller) ? (caller, false) : (null, true);
    }
}
