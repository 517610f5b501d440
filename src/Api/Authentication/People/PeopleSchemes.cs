using GuestSessions.Api.Console;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GuestSessions.Api.Authentication.People;

/// <summary>
/// How people are known: a policy scheme chooses by the endpoint, so a cookie opens the console only, and a token the API only.
/// Keys do not come by here (ADR 34).
/// </summary>
internal static class PeopleSchemes
{
    public const string People = "people";
    public const string Token = "token";
    public const string Provider = "provider";

    /// <summary>How far clocks of provider and host may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>Signatures that only the provider can make. A shared secret could sign too, and "none" anybody.</summary>
    public static readonly IReadOnlyList<string> Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public static void AddPeople(this IServiceCollection services)
    {
        services.AddSingleton<RoleMap>();
        services.AddSingleton<PersonReader>();
        services.AddSingleton<PeopleTokens>();
        services.AddSingleton<ProviderConnection>();
        services.AddSingleton<ProviderDocument>();
        services.AddHostedService<ProviderWatch>();
        services.AddAuthentication(People)
            .AddPolicyScheme(People, null, static options => options.ForwardDefaultSelector =
                static context => ConsolePages.IsPage(context) ? ConsoleSignIn.Scheme : Token)
            .AddJwtBearer(Token, static _ => { });
        services.AddOptions<JwtBearerOptions>(Token)
            .Configure<IOptions<ServiceOptions>, ProviderDocument, TimeProvider, PersonReader>(ConfigureTokens);
    }

    /// <summary>What every token of the provider has to be, for the API and the console.</summary>
    public static void Require(TokenValidationParameters parameters, TimeProvider time)
    {
        parameters.ValidAlgorithms = Algorithms;
        parameters.RequireSignedTokens = true;
        parameters.RequireExpirationTime = true;
        parameters.ClockSkew = Skew;
        parameters.LifetimeValidator = (begin, end, _, _) =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            return now - Skew < end && (begin is null || now + Skew >= begin);
        };
    }

    private static void ConfigureTokens(
        JwtBearerOptions options, IOptions<ServiceOptions> settings, ProviderDocument document, TimeProvider time, PersonReader reader)
    {
        options.ConfigurationManager = document;
        options.MapInboundClaims = false;
        options.TokenValidationParameters.ValidAudiences = settings.Value.SignIn.Audiences;
        Require(options.TokenValidationParameters, time);
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                try
                {
                    var token = (JsonWebToken)context.SecurityToken;
                    // An id token is for the console, and proves to it alone who somebody is.
                    if (token.TryGetPayloadValue<string>("nonce", out _))
                        context.Fail("The token is an id token, which opens no call.");
                    else
                        context.Principal = reader.Read(token.EncodedToken).ToPrincipal(Token);
                }
                catch (AuthenticationFailureException unnamed)
                {
                    context.Fail(unnamed);
                }

                return Task.CompletedTask;
            },
        };
    }
}
