using System.Buffers;
using System.Collections.Frozen;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace GuestSessions.Api.Authentication.People;

/// <summary>People's tokens at the API: which bearer values are tokens, and what a valid one grants.</summary>
internal sealed partial class PeopleTokens(
    IOptions<ServiceOptions> options, RoleMap roles, ProviderDocument document, ILogger<PeopleTokens> logger)
{
    private static readonly SearchValues<char> Base64Url =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Whether a bearer value is a token: three parts in base64url. Every other value is a key. It allocates nothing.</summary>
    public bool Are(ReadOnlySpan<char> bearer)
    {
        if (!options.Value.SignIn.OpensApi)
            return false;
        for (var parts = 1; ; parts++)
        {
            var end = bearer.IndexOfAnyExcept(Base64Url);
            if (end < 0)
                return parts == 3;
            if (bearer[end] != '.' || end == 0 || parts == 3)
                return false;
            bearer = bearer[(end + 1)..];
        }
    }

    /// <summary>What the request's token grants.</summary>
    public async Task<TokenAnswer> FindAsync(HttpContext context)
    {
        var answer = await context.AuthenticateAsync(PeopleSchemes.People);
        if (Person.Of(answer.Principal) is { } person)
            return new TokenAnswer(roles.GrantsOf(person).ToFrozenDictionary(
                static grant => grant.Key, grant => new Caller(grant.Key, person.Name, grant.Value, via: null)));
        LogRefused(answer.Failure?.GetType().Name ?? "");
        return document.Current is null && answer.Failure is not SecurityTokenMalformedException
            ? new TokenAnswer(null) { IsUnavailable = true }
            : new TokenAnswer(null) { Reason = ReasonOf(answer.Failure) };
    }

    private static string ReasonOf(Exception? failure) => failure switch
    {
        AuthenticationFailureException { InnerException: null } own => own.Message,
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException => "The token has expired, or is not valid yet.",
        SecurityTokenInvalidAudienceException => "The token is for another audience.",
        SecurityTokenInvalidIssuerException => "The token is of another issuer.",
        _ => "The token is not valid.",
    };

    [LoggerMessage(7403, LogLevel.Debug, "A token was refused: {Fault}")]
    private partial void LogRefused(string fault);
}

/// <summary>What a token grants.</summary>
/// <param name="Grants">A caller for each tenant; null if the token is not valid.</param>
internal sealed record TokenAnswer(FrozenDictionary<string, Caller>? Grants)
{
    /// <summary>Nobody can say whether the token is valid.</summary>
    public bool IsUnavailable { get; init; }

    /// <summary>Why it is not valid, in a sentence.</summary>
    public string Reason { get; init; } = "";
}
