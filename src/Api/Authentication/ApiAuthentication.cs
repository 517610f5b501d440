using GuestSessions.Api.OpenApi;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Authentication;

/// <summary>
/// Registers bearer keys as one authentication scheme, and one policy per scope. Other schemes can be added later.
/// </summary>
internal static class ApiAuthentication
{
    public static void AddApiAuthentication(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeyRing>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<SessionsOptions>, ApiKeyChecks>());
        // The same as AddAuthentication without data protection. Bearer keys need none, and it would create its own keys,
        // keep them in a folder of the machine and log a warning at each start.
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
    /// Requires a scope. Also adds the refusals that every call can return to the contract.
    /// </summary>
    public static RouteHandlerBuilder RequireScope(this RouteHandlerBuilder endpoint, string scope)
        => endpoint.RequireAuthorization(scope).Refuses(400, 401, 403, 500, 503);
}
