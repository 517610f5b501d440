using System.Globalization;
using System.Text;

namespace GuestSessions.Bench.Endurance;

/// <summary>A long run as curves over the events that were acknowledged.</summary>
internal static class EndurancePicture
{
    private const double Left = 96, Top = 44, Width = 760, Height = 88, Gap = 40;

    private static readonly Curve[] Curves =
    [
        new("Memory of the process, MB", static (sample, _) => sample.Resident / 1048576.0, "resident"),
        new("Heap of the runtime, MB", static (sample, _) => sample.Heap / 1048576.0, "heap"),
        new("Guests in memory", static (sample, _) => sample.Guests, "guests"),
        new("Events on their way", static (sample, _) => Math.Max(0, sample.Acknowledged - sample.Delivered), "waiting"),
        new("Delivered events a second", static (sample, before) =>
            (sample.Delivered - before.Delivered) / Math.Max(1, sample.Seconds - before.Seconds), "rate"),
        new("Database, GB", static (sample, _) => sample.Stored / 1e9, "stored"),
    ];

    public static string Draw(IReadOnlyList<EnduranceSample> samples)
    {
        var svg = new StringBuilder();
        var total = samples[^1].Acknowledged;
        Add(svg, $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Left + Width + 24}} {{Top + (Curves.Length * (Height + Gap))}}" font-family="system-ui, sans-serif" role="img">
              <title>{{total:N0}} events: memory, guests in memory, events on their way, rate and size of the database</title>
              <style>
                .curve { fill: none; stroke: #1f6fb2; stroke-width: 1.4 }
                .frame { fill: #f7f9fb; stroke: #ccd }
                .head { font-size: 12px; font-weight: 600 }
                .note { font-size: 11px; fill: #456 }
                text { fill: #123 }
              </style>
              <rect width="100%" height="100%" fill="#fff"/>
              <text class="note" x="{{Left}}" y="18">From left to right: 0 to {{total:N0}} acknowledged events, in {{samples[^1].Seconds / 60:N0}} minutes.</text>
            """);
        for (var row = 0; row < Curves.Length; row++)
            Panel(svg, Curves[row], samples, total, Top + (row * (Height + Gap)));
        return svg.Append("</svg>\n").ToString();
    }

    private static void Panel(StringBuilder svg, Curve curve, IReadOnlyList<EnduranceSample> samples, long total, double y)
    {
        var values = samples.Select((sample, at) => curve.Of(sample, samples[Math.Max(0, at - 1)])).ToList();
        var most = Math.Max(1e-9, values.Max());
        var foot = y + Height;
        var points = samples.Zip(values, (sample, value) =>
            $"{N(Left + (sample.Acknowledged * Width / total))} {N(foot - (value / most * (Height - 8)))}");
        Add(svg, $"""
              <text class="head" x="{Left}" y="{y - 6}">{curve.Name}</text>
              <rect class="frame" x="{Left}" y="{y}" width="{Width}" height="{Height}"/>
              <text class="note" x="{Left - 6}" y="{y + 14}" text-anchor="end">{(most < 10 ? most.ToString("0.0", CultureInfo.InvariantCulture) : most.ToString("N0", CultureInfo.InvariantCulture))}</text>
              <text class="note" x="{Left - 6}" y="{foot}" text-anchor="end">0</text>
              <path class="curve" id="{curve.Id}" d="M{string.Join(" L", points)}"/>
            """);
    }

    private static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static void Add(StringBuilder svg, FormattableString line) =>
        svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private sealed record Curve(string Name, Func<EnduranceSample, EnduranceSample, double> Of, string Id);
}
