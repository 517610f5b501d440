using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GuestSessions.Core.Events;

/// <summary>
/// The form in which envelopes are compared: no white space, members sorted by the UTF-8 bytes of their
/// names, strings with only the escapes RFC 8785 leaves, numbers exactly as written (so <c>1.0</c> is not
/// <c>1</c>). Hashes of this form are stored, so the form never changes.
/// </summary>
public static class CanonicalJson
{
    /// <summary>Of the objects that are open at one place of a usual envelope.</summary>
    private const int MembersOnStack = 48;

    /// <summary>
    /// The content hash of an envelope. Its <c>guest</c> member is left out, so that an event has the same
    /// hash whether the guest stands in the envelope or in the URL; so is <c>occurred_at</c>, because a retry with a
    /// new time is the same event.
    /// </summary>
    /// <param name="envelope">From a document of <see cref="StrictJson"/>.</param>
    public static ContentHash HashOf(JsonElement envelope)
    {
        using var form = Write(envelope);
        return form.Hash;
    }

    /// <summary>An envelope in this form, to be disposed. Names may be repeated in it.</summary>
    internal static CanonicalForm Write(JsonElement envelope)
    {
        var json = JsonMarshal.GetRawUtf8Value(envelope);

        // No canonical text is longer than the text it came from: it has no optional bytes left.
        var output = ArrayPool<byte>.Shared.Rent(json.Length);
        Span<CanonicalMember> members = stackalloc CanonicalMember[MembersOnStack];
        var writer = new CanonicalWriter(json, output, members);
        writer.WriteEnvelope();
        writer.Dispose();
        return new CanonicalForm(output, writer.Length, writer.HasRepeatedNames);
    }
}
