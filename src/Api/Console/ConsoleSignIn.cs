using System.Security.Claims;
using GuestSessions.Api.Authentication;
using GuestSessions.Core.Options;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Console;

/// <summary>
/// Signs people in by one cookie, whatever way they came: it holds who they are, their role and their tenant. What they may
/// do follows from the role with every request. The cookie opens the console and no call of the API.
/// </summary>
internal static class ConsoleSignIn
{
    public const string Scheme = "console";

    private const string Role = "role";
    private const string Tenant = "tenant";

    private static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    public static void AddConsoleSignIn(this IServiceCollection services)
    {
        services.AddAuthentication().AddCookie(Scheme, static options =>
        {
            options.Cookie.Name = "sessions-console";
            options.Cookie.Path = ConsoleEndpoints.Root;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.ExpireTimeSpan = Longest;
            options.SlidingExpiration = false;
        });
        services.AddOptions<CookieAuthenticationOptions>(Scheme)
            .Configure<TimeProvider, IHostEnvironment>(static (options, time, environment) =>
            {
                options.TimeProvider = time;
                // A proxy ends TLS, so the request does not say whether the browser came by it. Only laptops go without.
                options.Cookie.SecurePolicy = environment.IsDevelopment()
                    ? CookieSecurePolicy.SameAsRequest
                    : CookieSecurePolicy.Always;
            });
    }

    /// <summary>Signs in as somebody of a role in a tenant.</summary>
    /// <param name="name">As the audit will name the person.</param>
    public static Task SignInAsync(HttpContext context, string name, Persona role, string tenant)
    {
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, name), new Claim(Role, role.Id), new Claim(Tenant, tenant)], Scheme);
        return context.SignInAsync(Scheme, new ClaimsPrincipal(identity));
    }

    /// <summary>Who calls; null if nobody has signed in, or the role or tenant exists no more.</summary>
    public static async Task<Caller?> CallerOfAsync(HttpContext context)
    {
        var signedIn = await context.AuthenticateAsync(Scheme);
        return signedIn.Principal?.Identity?.Name is { } name
            && Personas.Find(signedIn.Principal.FindFirstValue(Role)) is { } role
            && signedIn.Principal.FindFirstValue(Tenant) is { } tenant
            && context.RequestServices.GetRequiredService<IOptions<SessionsOptions>>().Value.Tenants.ContainsKey(tenant)
            ? new Caller(tenant, name, role.Scopes, Via)
            : null;
    }

    /// <summary>How the audit marks what people do here.</summary>
    public const string Via = "console";

    /// <summary>Whether people choose their role themselves: in Development only.</summary>
    public static bool HasPersonas(HttpContext context) => IsOn(
        context.RequestServices.GetRequiredService<IOptions<ServiceOptions>>().Value.Console,
        context.RequestServices.GetRequiredService<IHostEnvironment>());

    private static bool IsOn(ConsoleOptions options, IHostEnvironment environment) =>
        environment.IsDevelopment() && options.Personas != false;
}
