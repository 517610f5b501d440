using System.Text.Json;
using GuestSessions.Api.Guests;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Support;

/// <summary>
/// An edit of a set-aside event: a JSON Merge Patch on the stored event, so that masked values are never written back.
/// </summary>
/// <param name="Base">The hash of the content that was edited.</param>
/// <param name="Event">The resulting event object.</param>
/// <param name="Changes">The differences.</param>
internal sealed record EventEdit(ContentHash Base, Utf8Json Event, IReadOnlyList<MergeChange> Changes)
{
    private const string Root = "/event";

    /// <summary>Why a patch cannot be applied; null when it can.</summary>
    public static Violation? Check(JsonElement patch) => patch.ValueKind == JsonValueKind.Object
        ? MaskMarks.Find(patch, "/patch")
        : new Violation(EventCodes.WrongType, "/patch", "Expected an object: a JSON Merge Patch (RFC 7396) of the event.");

    /// <summary>Applies a patch to the event as it would be sent now, earlier edits included.</summary>
    public static EventEdit Of(EventDetail stored, JsonElement patch)
    {
        var edited = stored.Acts.LastOrDefault(static act => act.Edit is not null)?.Edit?.Body.Bytes;
        var content = edited ?? stored.Received;
        using var document = JsonDocument.Parse(content);
        var (result, changes) = MergePatch.Apply(document.RootElement, patch);
        return new EventEdit(ContentHash.Of(content.Span), result, changes);
    }

    /// <summary>The event as an envelope. It is checked like one, so that errors name the same paths.</summary>
    public byte[] Envelope => [.. "{\"event\":"u8, .. Event.Bytes.Span, .. "}"u8];

    public IReadOnlyList<ChangeBody> MaskedChanges => [.. Changes.Select(Masked)];

    private static ChangeBody Masked(MergeChange change)
    {
        var (path, before) = Masked(change.Path, change.Before);
        var (pathAfter, after) = Masked(change.Path, change.After);
        return new ChangeBody(path ?? pathAfter ?? Root) { Before = before, After = after };
    }

    /// <summary>Masks a value within the names on its path, because they decide whether it is personal.</summary>
    private static (string? Path, Utf8Json Value) Masked(IReadOnlyList<string> names, Utf8Json value)
    {
        if (value.IsEmpty)
            return default;
        var nested = value.ToString();
        foreach (var name in names.Reverse())
            nested = $"{{\"{JsonEncodedText.Encode(name)}\":{nested}}}";
        using var document = JsonDocument.Parse(BodyMask.Mask(Utf8Json.Parse(nested).Bytes).Bytes);
        var (path, at) = (Root, document.RootElement);
        for (var depth = 0; depth < names.Count && at.ValueKind == JsonValueKind.Object; depth++)
        {
            var member = at.EnumerateObject().First();
            (path, at) = (JsonPointer.To(path, member.Name), member.Value);
        }

        return (path, Utf8Json.Parse(at.GetRawText()));
    }
}
