using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GuestSessions.Api.Guests;
using GuestSessions.Core.Json;

namespace GuestSessions.Api.Console;

/// <summary>How the console writes times, numbers and JSON.</summary>
public static class Texts
{
    private static readonly JsonWriterOptions Indented =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The time of day; the date too, if it is another day than now.</summary>
    public static string Clock(DateTimeOffset at, DateTimeOffset now) => at.UtcDateTime.ToString(
        at.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm:ss 'UTC'" : "yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string Moment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Exact(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>How long before or after now, in the largest fitting unit.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { Ticks: < 0 } ahead => $"in {Span(-ahead)}",
        { TotalSeconds: < 2 } => "just now",
        var ago => $"{Span(ago)} ago",
    };

    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => Number(span.TotalMilliseconds, "ms"),
        { TotalSeconds: < 10 } => $"{span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
        { TotalMinutes: < 2 } => Number(span.TotalSeconds, "s"),
        { TotalHours: < 2 } => Number(span.TotalMinutes, "min"),
        { TotalDays: < 2 } => Number(span.TotalHours, "h"),
        _ => Number(span.TotalDays, "days"),
    };

    /// <summary>The time from one moment to a later one: <c>+1.2 s</c>. Null if one is unknown.</summary>
    public static string? After(DateTimeOffset? from, DateTimeOffset? to) => from is { } start && to is { } end
        ? $"{(end < start ? "−" : "+")}{Span((end - start).Duration())}"
        : null;

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Count(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";

    /// <summary>A word of the API for people: <c>in_doubt</c> is <c>in doubt</c>.</summary>
    public static string Plain(string name) => name.Replace('_', ' ');

    /// <summary>Indented JSON; what is no JSON stays as it is.</summary>
    public static string Pretty(Utf8Json json)
    {
        if (json.IsEmpty)
            return "";
        try
        {
            using var document = JsonDocument.Parse(json.Bytes);
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream, Indented))
                document.WriteTo(writer);
            return Encoding.UTF8.GetString(stream.ToArray());
        }
        catch (JsonException)
        {
            return json.ToString(); // The body is shown as it came.
        }
    }

    /// <summary>An answer of the upstream: indented if it is JSON, otherwise as it came.</summary>
    public static string Pretty(string answer) => Pretty(Utf8Json.Parse(answer));

    /// <summary>The state of a guest's line in one sentence, the most important thing first.</summary>
    public static string StateOf(GuestBody guest, DateTimeOffset now)
    {
        if (guest.Pause is { } pause)
            return $"Delivery is paused by {pause.By} since {Clock(pause.At, now)}: {pause.Reason ?? "no reason given"}. {(guest.Line.Depth == 0 ? "Nothing waits yet." : $"{Count(guest.Line.Depth, "event waits", "events wait")} until somebody resumes it.")}";
        if (guest.Line.Waiting is { } wait)
        {
            var until = wait.Until is { } end ? $" Until {Clock(end, now)}." : "";
            return $"{Count(guest.Line.Depth, "event waits", "events wait")}. {wait.Detail}{until}";
        }

        if (guest.InDoubt > 0)
            return $"Nothing waits, but {Count(guest.InDoubt, "event is", "events are")} in doubt: nobody knows whether the upstream has it. Look there, then resolve each.";
        if (guest.Quarantined > 0)
            return $"Nothing waits, but the upstream refused {Count(guest.Quarantined, "event", "events")}, set aside for a person: open it to see why.";
        if (guest.Rejections is { Count: > 0 } rejections)
            return $"Nothing waits, but {Count(rejections.Count, "event was", "events were")} rejected when received and never forwarded: see below. The sender may have corrected it since.";
        return guest.Delivered > 0
            ? "Nothing waits: every event has been delivered."
            : "Nothing waits, and nothing has been delivered yet.";
    }

    private static string Number(double value, string unit) =>
        $"{Math.Round(value).ToString(CultureInfo.InvariantCulture)} {unit}";
}
