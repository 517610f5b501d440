using System.Buffers;
using System.Text.Json;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// The lines of a file for the upstream's Batch API, mode <c>gdpr_delete</c>: one record for each guest, found by its
/// identifiers. See https://doc.sitecore.com/cdp/developers/api/en/guest-delete-data-model.html for the members, and
/// https://doc.sitecore.com/cdp/en/developers/api/batch-file-formatting-requirements.html for the form of the file.
/// </summary>
internal static class HandOffFile
{
    /// <summary>One line with its end; empty when there are no identifiers, by which the upstream finds a guest.</summary>
    public static byte[] LineOf(IReadOnlyList<Identifier> identifiers)
    {
        if (identifiers.Count == 0)
            return [];
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("ref", Guid.NewGuid());
            json.WriteString("schema", "guest");
            json.WriteString("mode", "gdpr_delete");
            json.WriteStartObject("value");
            json.WriteStartArray("identifiers");
            foreach (var identifier in identifiers)
            {
                json.WriteStartObject();
                json.WriteString("provider", identifier.Provider);
                json.WriteString("id", identifier.Id);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return [.. line.WrittenSpan, (byte)'\n'];
    }
}
