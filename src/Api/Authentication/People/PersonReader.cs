using System.Text.Json;
using GuestSessions.Core.Events;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GuestSessions.Api.Authentication.People;

/// <summary>Makes a person of a valid token, in the same way for the console and the API.</summary>
internal sealed class PersonReader(IOptions<ServiceOptions> options, RoleMap map)
{
    /// <summary>Characters. A name in the audit has no more.</summary>
    private const int LongestName = 200;

    /// <summary>Of a person. They are in a cookie.</summary>
    private const int MostRoles = 200;

    private const int LongestRole = 200;

    /// <param name="token">A JSON Web Token that has been validated.</param>
    /// <exception cref="AuthenticationFailureException">It does not name the person. The message is for the person.</exception>
    public Person Read(string token)
    {
        var signIn = options.Value.SignIn;
        using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(new JsonWebToken(token).EncodedPayload));
        var claims = payload.RootElement;
        var name = CleanText.Of(ClaimValues.TextOf(claims, signIn.NameClaim) ?? "");
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            throw new AuthenticationFailureException(
                $"The provider sent no usable claim \"{signIn.NameClaim}\", which has to name you in the audit.");
        return new Person(
            name,
            // Those that are mapped come first: a person can have hundreds of groups.
            [
                .. ClaimValues.ListOf(claims, signIn.RolesClaim).Where(static role => role.Length <= LongestRole)
                    .Distinct().OrderByDescending(map.Knows).Take(MostRoles),
            ],
            signIn.TenantClaim.Length == 0 ? null : [.. ClaimValues.ListOf(claims, signIn.TenantClaim).Take(MostRoles)]);
    }
}
