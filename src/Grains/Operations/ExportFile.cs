using System.IO.Compression;
using System.Text;
using System.Text.Json;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Operations;

/// <summary>The ZIP of an export: <c>guest.json</c>, <c>events.ndjson</c>, <c>schema.json</c> and <c>README.txt</c>.</summary>
internal sealed class ExportFile(string tenant, DateTimeOffset now) : IDisposable
{
    public const int EventsOfPage = 100;

    /// <summary>Maximum size of the events before they are compressed.</summary>
    private const int MostBytes = 256 * 1024 * 1024;

    private readonly MemoryStream _events = new();
    private readonly List<GuestView> _guests = [];

    /// <summary>Number of events so far.</summary>
    public long Events { get; private set; }

    /// <summary>Whether there is more than one file can hold.</summary>
    public bool IsTooLarge => _events.Length > MostBytes;

    /// <summary>Adds a guest or one of its browsers.</summary>
    public void Add(GuestView guest) => _guests.Add(guest);

    /// <summary>Adds an event.</summary>
    public void Add(string guest, EventDetail @event)
    {
        using (var json = new Utf8JsonWriter(_events, new JsonWriterOptions { SkipValidation = true }))
            ExportJson.Write(json, guest, @event);
        _events.WriteByte((byte)'\n');
        Events++;
    }

    public byte[] Close()
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            // The writer does not close the entry, and an archive has one open entry at a time.
            using (var entry = Entry(archive, "guest.json"))
            using (var json = new Utf8JsonWriter(entry, new JsonWriterOptions { Indented = true }))
                ExportJson.Write(json, tenant, now, _guests);
            _events.Position = 0;
            using (var entry = Entry(archive, "events.ndjson"))
                _events.CopyTo(entry);
            Write(archive, "schema.json", ExportTexts.Schema);
            Write(archive, "README.txt", ExportTexts.Readme);
        }

        return file.ToArray();
    }

    public void Dispose() => _events.Dispose();

    private static Stream Entry(ZipArchive archive, string name) => archive.CreateEntry(name).Open();

    private static void Write(ZipArchive archive, string name, string text)
    {
        using var entry = Entry(archive, name);
        entry.Write(Encoding.UTF8.GetBytes(text));
    }
}
