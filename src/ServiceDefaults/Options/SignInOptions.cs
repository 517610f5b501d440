using System.ComponentModel.DataAnnotations;
using GuestSessions.Core.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>How people sign in: at an OpenID Connect provider, to the console, and with its tokens to the API.</summary>
public sealed class SignInOptions
{
    /// <summary>
    /// Issuer of the provider, such as <c>https://login.example/realms/shop</c>; its discovery document is below it. Outside
    /// Development only https. Empty: people do not sign in. <value>empty</value>
    /// </summary>
    public string Authority { get; set; } = "";

    /// <summary>The console as the provider knows it. Empty: nobody signs in to the console. <value>empty</value></summary>
    public string ClientId { get; set; } = "";

    /// <summary>The secret of the client; better in a file of <c>SECRETS_FOLDER</c>. Empty: a public client. <value>empty</value></summary>
    [Secret]
    public string ClientSecret { get; set; } = "";

    /// <summary>
    /// Scheme and host at which people open the console, such as <c>https://sessions.example</c>. The provider sends them back
    /// there. Outside Development the console needs it. <value>empty; in Development the address of the request</value>
    /// </summary>
    public string PublicAddress { get; set; } = "";

    /// <summary>Scopes that the console asks the provider for. <value>openid, profile</value></summary>
    public List<string> Scopes { get; set; } = [];

    /// <summary>
    /// Audiences of the tokens that the API accepts: at least one of them has to be in <c>aud</c>. Give the API an audience of its
    /// own. Empty: the API accepts keys only. <value>none</value>
    /// </summary>
    public List<string> Audiences { get; set; } = [];

    /// <summary>
    /// The claim with a person's roles: a list, or names with blanks between them. A name with dots leads into nested claims,
    /// such as <c>realm_access.roles</c>. <value>roles</value>
    /// </summary>
    [Required]
    public string RolesClaim { get; set; } = "roles";

    /// <summary>
    /// The claim that names the person in the audit. Choose one that people cannot change themselves. The id token and the
    /// tokens for the API have to have it. <value>preferred_username</value>
    /// </summary>
    [Required]
    public string NameClaim { get; set; } = "preferred_username";

    /// <summary>The claim with the tenants that a person is restricted to. Empty: the roles alone decide. <value>empty</value></summary>
    public string TenantClaim { get; set; } = "";

    /// <summary>How long somebody stays signed in to the console. <value>8 h</value></summary>
    [Range(typeof(TimeSpan), "00:05:00", "7.00:00:00")]
    public TimeSpan SessionLength { get; set; } = TimeSpan.FromHours(8);

    /// <summary>Whom to ask for a role, as the page says that somebody without one sees. <value>empty</value></summary>
    [StringLength(200)]
    public string Contact { get; set; } = "";

    /// <summary>What the provider's roles may do. They change while the service runs.</summary>
    public List<SignInRoleOptions> Roles { get; set; } = [];

    /// <summary>Whether people can sign in to the console at the provider.</summary>
    public bool OpensConsole => Authority.Length > 0 && ClientId.Length > 0;

    /// <summary>Whether the API accepts the provider's tokens.</summary>
    public bool OpensApi => Authority.Length > 0 && Audiences.Count > 0;
}

/// <summary>What a role of the provider may do, by tenant.</summary>
public sealed class SignInRoleOptions
{
    /// <summary>Stands for every tenant.</summary>
    public const string EveryTenant = "*";

    /// <summary>The role as the provider names it. <value>required</value></summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>
    /// Scopes by tenant; <c>*</c> stands for every tenant. Any of <c>ingest</c>, <c>support:read</c>, <c>support:reveal</c>,
    /// <c>support:act</c>, <c>admin</c>. <value>required</value>
    /// </summary>
    [MinLength(1)]
    public Dictionary<string, List<string>> Tenants { get; set; } = [];

    /// <summary>What the role may do in a tenant.</summary>
    public IEnumerable<string> ScopesIn(string tenant) =>
        Tenants.GetValueOrDefault(EveryTenant, []).Union(Tenants.GetValueOrDefault(tenant, []));
}
