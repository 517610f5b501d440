using System.Buffers;
using System.Text.Json;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;

namespace GuestSessions.Core.Sessions;

public static partial class Decider
{
    /// <summary>The <c>page</c> of a FORCE_CLOSE that the service composes itself, for a session without a page.</summary>
    public const string ClosePage = "close";

    /// <summary>Closes the open sessions locally. The result is their number.</summary>
    public static Decision<int> Close(GuestSession session, DateTimeOffset now)
    {
        int[] open = [.. session.Sessions.OpenAt(now).Select(static known => known.Number)];
        return open.Length == 0 ? Nothing(0) : new([new SessionsClosed(open, now)], open.Length);
    }

    /// <summary>The event that closes a session upstream, too.</summary>
    public static StreamEvent ForceCloseOf(UpstreamSession open, EventDefaults defaults) => new()
    {
        Type = EventTypes.ForceClose,
        Channel = open.Channel,
        PointOfSale = open.PointOfSale,
        Page = open.LastPage,
        BrowserId = open.BrowserId,
        Body = CloseBody(open, defaults),
        SessionTimeout = open.Timeout,
    };

    private static Utf8Json CloseBody(UpstreamSession open, EventDefaults defaults)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", EventTypes.ForceClose);
            Write(json, "channel", open.Channel);
            Write(json, "language", defaults.Language);
            Write(json, "currency", defaults.Currency);
            json.WriteString("page", open.LastPage ?? ClosePage);
            json.WriteString("pos", open.PointOfSale);
            json.WriteEndObject();
        }

        return new Utf8Json(buffer.WrittenMemory.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            json.WriteString(name, value);
    }
}
