using GuestSessions.Api.Authentication.People;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace GuestSessions.Api.Console;

/// <summary>Signing in at the provider, with a code and PKCE. Nothing of the provider's is kept but the person.</summary>
internal static class ConsoleProvider
{
    /// <summary>Where the provider sends people back to.</summary>
    public const string Callback = $"{ConsoleEndpoints.Root}/sign-in/callback";

    /// <summary>Where it sends them after it has signed them out.</summary>
    public const string SignedOut = $"{ConsoleEndpoints.Root}/signed-out";

    /// <summary>Where people begin, and come back to after they signed out.</summary>
    public const string SignIn = $"{ConsoleEndpoints.Root}/sign-in";

    public static void AddConsoleProvider(this IServiceCollection services)
    {
        services.AddSingleton<ConsoleAddress>();
        services.AddSingleton<ConsoleFailures>();
        services.AddAuthentication().AddOpenIdConnect(PeopleSchemes.Provider, static _ => { });
        services.AddOptions<OpenIdConnectOptions>(PeopleSchemes.Provider)
            .Configure<IOptions<ServiceOptions>, ProviderDocument, ProviderConnection, TimeProvider, IHostEnvironment>(Configure)
            .Configure<PersonReader, ConsoleFailures>(Listen);
    }

    /// <summary>Whether people sign in at a provider.</summary>
    public static bool IsOn(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<ServiceOptions>>().Value.SignIn.OpensConsole;

    /// <summary>Whether the provider has ever answered. A host whose provider is away serves everything else.</summary>
    public static Task<bool> AnswersAsync(HttpContext context) => DocumentOf(context).IsKnownAsync();

    /// <summary>The provider's pages that a form of the console may lead to, for the security policy.</summary>
    public static string OriginsOf(HttpContext context) => DocumentOf(context).Current is { } document
        ? string.Join(' ', new[] { document.AuthorizationEndpoint, document.EndSessionEndpoint }
            .Where(static address => Uri.IsWellFormedUriString(address, UriKind.Absolute))
            .Select(static address => new Uri(address!).GetLeftPart(UriPartial.Authority)).Distinct())
        : "";

    /// <summary>Lets the provider's answer be read: a code after signing in, or the way back after signing out.</summary>
    public static async Task<bool> ReadAsync(HttpContext context)
    {
        var handlers = context.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>();
        return await handlers.GetHandlerAsync(context, PeopleSchemes.Provider) is IAuthenticationRequestHandler handler
            && await handler.HandleRequestAsync();
    }

    private static ProviderDocument DocumentOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<ProviderDocument>();

    private static void Configure(
        OpenIdConnectOptions options, IOptions<ServiceOptions> settings, ProviderDocument document, ProviderConnection connection,
        TimeProvider time, IHostEnvironment environment)
    {
        var signIn = settings.Value.SignIn;
        options.SignInScheme = ConsoleSignIn.Scheme;
        options.TimeProvider = time;
        options.ConfigurationManager = document;
        options.Backchannel = connection.Http;
        options.ClientId = signIn.ClientId;
        options.ClientSecret = signIn.ClientSecret.Length == 0 ? null : signIn.ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query; // So that its cookies need not be sent with forms of other sites.
        options.UsePkce = true;
        options.Scope.Clear();
        foreach (var scope in signIn.Scopes.Count == 0 ? ["openid", "profile"] : signIn.Scopes.Prepend("openid").Distinct())
            options.Scope.Add(scope);
        options.CallbackPath = Callback;
        options.SignedOutCallbackPath = SignedOut;
        options.SignedOutRedirectUri = SignIn;
        options.RemoteSignOutPath = PathString.Empty;
        options.MapInboundClaims = false;
        options.SaveTokens = false;
        options.DisableTelemetry = true;
        options.RequireHttpsMetadata = !environment.IsDevelopment();
        PeopleSchemes.Require(options.TokenValidationParameters, time);
        foreach (var (cookie, name) in ((CookieBuilder, string)[])
            [(options.CorrelationCookie, "sessions-sign-in."), (options.NonceCookie, "sessions-nonce.")])
        {
            cookie.HttpOnly = true;
            cookie.SameSite = SameSiteMode.Lax;
            ConsoleSignIn.Protect(cookie, name, environment);
        }
    }

    private static void Listen(OpenIdConnectOptions options, PersonReader reader, ConsoleFailures failures)
    {
        options.Events = new OpenIdConnectEvents
        {
            OnTokenValidated = context =>
            {
                var token = new JsonWebToken(context.TokenEndpointResponse!.IdToken);
                // The handler accepts a token without a signature that comes from the provider itself. This service does not.
                if (!PeopleSchemes.Algorithms.Contains(token.Alg))
                    throw new SecurityTokenInvalidAlgorithmException();
                context.Principal = reader.Read(token.EncodedToken).ToPrincipal(ConsoleSignIn.Scheme);
                return Task.CompletedTask;
            },
            OnRedirectToIdentityProviderForSignOut = static context =>
            {
                // Instead of the person's token, which is not kept: it tells the provider where it may send people back to.
                context.ProtocolMessage.ClientId = context.Options.ClientId;
                return Task.CompletedTask;
            },
            OnAccessDenied = context => failures.DeniedAsync(context),
            OnRemoteFailure = context => failures.FailedAsync(context),
        };
    }
}
