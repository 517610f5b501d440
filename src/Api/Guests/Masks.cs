using System.Diagnostics.CodeAnalysis;
using GuestSessions.Core.Json;

namespace GuestSessions.Api.Guests;

/// <summary>Whether bodies show personal values masked, which is what every caller gets.</summary>
internal sealed class Masks
{
    public static readonly Masks On = new(isOn: true);

    /// <summary>Only to find one value that a person may see. No body without masks leaves the host.</summary>
    public static readonly Masks Off = new(isOn: false);

    private Masks(bool isOn) => IsOn = isOn;

    public bool IsOn { get; }

    [return: NotNullIfNotNull(nameof(text))]
    public string? Text(string? text) => IsOn ? TextMask.Mask(text) : text;

    public string Identifier(string id) => IsOn ? Masking.Mask(id) : id;

    public string Path(string path) => IsOn ? TextMask.MaskPath(path) : path;

    public Utf8Json Body(ReadOnlyMemory<byte> body) => IsOn ? BodyMask.Mask(body) : new Utf8Json(body);
}
