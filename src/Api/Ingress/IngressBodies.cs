using System.Text.Json.Serialization;

namespace GuestSessions.Api.Ingress;

/// <summary>A success, with the members that the Stream API documents.</summary>
/// <param name="Status"><c>OK</c>.</param>
/// <param name="Version"><c>1.2</c>.</param>
/// <param name="ClientKey">The tenant's client key.</param>
/// <param name="Ref">The new browser id, or the id of the event.</param>
public sealed record IngressReceipt(string Status, string Version, string ClientKey, string Ref)
{
    /// <summary>The guest that the upstream created together with a browser id.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CustomerRef { get; init; }

    internal static IngressReceipt Of(IngressTenant tenant, string reference, string? customer = null) =>
        new("OK", "1.2", tenant.ClientKey, reference) { CustomerRef = customer };
}

/// <summary>
/// An error, with the members that the vendor's interfaces document and the SDKs read. It has no <c>ref</c>, because SDKs
/// take any JSON with a <c>ref</c> for a success.
/// </summary>
public sealed record IngressError
{
    public required int Status { get; init; }

    /// <summary>A stable code.</summary>
    public required string Code { get; init; }

    public required string Message { get; init; }

    [JsonPropertyName("developerMessage")]
    public string DeveloperMessage => Message;

    [JsonPropertyName("moreInfoUrl")]
    public string MoreInfoUrl => MoreInfo;

    /// <summary>SDKs show this and <see cref="MoreInfo"/> for a failed look-up.</summary>
    public string ErrorMsg => Message;

    [JsonPropertyName("moreInfo")]
    public string MoreInfo { get; init; } = "https://doc.sitecore.com/";
}
