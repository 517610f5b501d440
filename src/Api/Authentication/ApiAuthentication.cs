using GuestSessions.Api.Authentication.People;
using GuestSessions.Api.OpenApi;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Authentication;

/// <summary>Registers keys and people's tokens, and says which scope an endpoint requires.</summary>
internal static class ApiAuthentication
{
    public static void AddApiAuthentication(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeyRing>();
        services.AddPeople();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<SessionsOptions>, ApiKeyChecks>());
    }

    /// <summary>
    /// Requires a scope. Also adds the refusals that every call can return to the contract.
    /// </summary>
    public static RouteHandlerBuilder RequireScope(this RouteHandlerBuilder endpoint, string scope)
        => endpoint.WithMetadata(new RequiredScope(scope)).Refuses(400, 401, 403, 500, 503);
}
