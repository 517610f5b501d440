using GuestSessions.Api.OpenApi;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Authentication;

/// <summary>
/// Bearer keys as one authentication scheme, and a policy for each scope: other schemes can join later.
/// </summary>
internal static class ApiAuthentication
{
    public static void AddApiAuthentication(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeyRing>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<SessionsOptions>, ApiKeyChecks>());
        // As AddAuthentication does it, without data protection: bearer keys need none, and its keys would be made, kept in
        // a folder of the machine and warned of at each start.
        services.AddAuthenticationCore(static schemes => schemes.DefaultScheme = ApiKeyHandler.SchemeName);
        services.AddWebEncoders();
        new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);

        var authorization = services.AddAuthorizationBuilder();
        foreach (var scope in Scopes.All)
            authorization.AddPolicy(scope, policy => policy
                .RequireAuthenticatedUser()
                .RequireClaim(CallerClaims.Tenant)
                .RequireClaim(CallerClaims.Scope, scope));
    }

    /// <summary>
    /// Asks for a scope. What every call can be refused with goes into the contract here too.
    /// </summary>
    public static RouteHandlerBuilder RequireScope(this RouteHandlerBuilder endpoint, string scope)
        => endpoint.RequireAuthorization(scope).Refuses(400, 401, 403, 500, 503);
}
