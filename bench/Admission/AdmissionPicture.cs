using System.Globalization;
using System.Text;

namespace GuestSessions.Bench.Admission;

/// <summary>The runs of the all-in-one as a picture: a row for each law, a column for each scenario.</summary>
internal static class AdmissionPicture
{
    private const double Left = 190, Top = 62, Width = 215, Height = 70, GapX = 22, GapY = 24;

    /// <summary>The top of the axis, in requests.</summary>
    private const double MostShown = 1_500;

    private static readonly ArrivalScenario[] Shown =
    [
        Named("512 callers"),
        Named("3 times the peak, 5,000 connections"),
        Named("512 callers, the store stalls for 2 s"),
        Named("0.9 of the peak, a third as fast for 4 s"),
    ];

    public static string Draw(IReadOnlyList<LawRuns> laws)
    {
        var svg = new StringBuilder();
        var width = Left + (Shown.Length * (Width + GapX));
        var height = Top + (laws.Count * (Height + GapY)) + 18;
        Add(svg, $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{width}} {{height}}" font-family="system-ui, sans-serif" role="img">
              <title>Requests in flight and refusals under seven laws, in four scenarios, simulated</title>
              <style>
                .flight { fill: none; stroke: #1f6fb2; stroke-width: 1.4 }
                .limit { fill: none; stroke: #666; stroke-dasharray: 3 2 }
                .refused { fill: #d9483b; opacity: .5 }
                .frame { fill: #f7f9fb; stroke: #ccd }
                .head { font-size: 11px; font-weight: 600 }
                .note { font-size: 11px; fill: #456 }
                text { fill: #123 }
              </style>
              <rect width="{{width}}" height="{{height}}" fill="#fff"/>
              <text class="note" x="12" y="20">Blue: requests in flight. Dashed: the limit, of which views may use 80 %.</text>
              <text class="note" x="12" y="36">Red: share of the calls that is refused; all of them at full height.</text>
            """);
        for (var column = 0; column < Shown.Length; column++)
            Add(svg, $"""  <text class="head" x="{X(column)}" y="{Top - 8}">{Shown[column].Name}</text>""");
        for (var row = 0; row < laws.Count; row++)
        {
            Add(svg, $"""  <text class="head" x="12" y="{Y(row) + (Height / 2)}">{laws[row].Law}</text>""");
            for (var column = 0; column < Shown.Length; column++)
                Panel(svg, Shown[column].Seconds, laws[row].Of(Shown[column]).Instants, X(column), Y(row));
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static ArrivalScenario Named(string name) => ArrivalScenario.All.Single(scenario => scenario.Name == name);

    private static double X(int column) => Left + (column * (Width + GapX));

    private static double Y(int row) => Top + (row * (Height + GapY));

    private static void Panel(StringBuilder svg, double seconds, IReadOnlyList<Instant> instants, double x, double y)
    {
        var foot = y + Height;
        var refused = instants.Select((instant, step) => Point(step, instant.RefusedShare));
        Add(svg, $"""
              <rect class="frame" x="{x}" y="{y}" width="{Width}" height="{Height}"/>
              <text class="note" x="{x}" y="{foot + 12}">0 s</text>
              <text class="note" x="{x + Width - 24}" y="{foot + 12}">{seconds:N0} s</text>
              <path class="refused" d="M{x} {foot} L{string.Join(" L", refused)} L{x + Width} {foot}Z"/>
              <path class="limit" d="M{Path(static instant => instant.Limit)}"/>
              <path class="flight" d="M{Path(static instant => instant.InFlight)}"/>
              <text class="note" x="{x + 3}" y="{y + 11}">{MostShown:N0}</text>
            """);

        string Path(Func<Instant, double> what) => string.Join(
            " L", instants.Select((instant, step) => Point(step, Math.Min(1, what(instant) / MostShown))));

        string Point(int step, double share) =>
            $"{N(x + (step * Width / (instants.Count - 1)))} {N(foot - (share * Height))}";
    }

    private static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static void Add(StringBuilder svg, FormattableString line) =>
        svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
