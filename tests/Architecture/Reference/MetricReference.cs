using System.Text;
using System.Text.RegularExpressions;

namespace GuestSessions.Architecture.Tests.Reference;

/// <summary>What the service measures, from the lines that make its instruments.</summary>
internal static partial class MetricReference
{
    public static string Write()
    {
        var text = new StringBuilder("""
            # Metrics

            The service sends these metrics over OTLP when `OTEL_EXPORTER_OTLP_ENDPOINT` is set, with those of ASP.NET Core, Orleans and
            the runtime. Tags come from closed sets, and none names a guest.

            | Metric | Kind | Unit | Meaning |
            |---|---|---|---|

            """);
        var instruments =
            from file in Repository.Files("src", "*.cs")
            where !file.Contains("/src/Client/", StringComparison.Ordinal) // Its own document has those of the client.
            from Match found in Instrument().Matches(File.ReadAllText(file))
            let name = found.Groups["name"].Value
            orderby name
            select $"| `{name}` | {found.Groups["kind"].Value} | `{found.Groups["unit"].Value}` | {found.Groups["says"].Value.TrimEnd('.')} |";
        foreach (var line in instruments)
            text.AppendLine(line);
        return text.ToString();
    }

    [GeneratedRegex(
        """
        Create(?<kind>Counter|UpDownCounter|Histogram|ObservableGauge|ObservableCounter|ObservableUpDownCounter|Gauge)(?:<\w+>)?\(\s*"(?<name>[^"]+)",\s*(?:[^",]+,\s*)?"(?<unit>[^"]+)",\s*"(?<says>[^"]+)"
        """)]
    private static partial Regex Instrument();
}
