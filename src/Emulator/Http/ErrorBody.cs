using System.Text.Json.Serialization;

namespace GuestSessions.Emulator.Http;

/// <summary>Error members, spelled as the vendor spells them.</summary>
internal sealed record ErrorBody
{
    public required int Status { get; init; }
    public required int Code { get; init; }
    public required string Message { get; init; }

    [JsonPropertyName("developerMessage")]
    public required string DeveloperMessage { get; init; }

    [JsonPropertyName("moreInfoUrl")]
    public string MoreInfoUrl { get; init; } = "https://doc.sitecore.com/";

    /// <summary>With <see cref="MoreInfo"/>, what the SDKs read from a failed look-up.</summary>
    public string? ErrorMsg { get; init; }

    [JsonPropertyName("moreInfo")]
    public string? MoreInfo { get; init; }

    public static ErrorBody Of(int status, string message) => new()
    {
        Status = status,
        Code = status,
        Message = message,
        DeveloperMessage = message,
    };
}
