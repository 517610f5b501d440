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

            Every host serves these metrics at `/metrics`, and sends them over OTLP when `OTEL_EXPORTER_OTLP_ENDPOINT` is set, with
            those of ASP.NET Core, Orleans, Npgsql and the runtime. Prometheus reads `sessions.commit.duration` in `s` as
            `sessions_commit_duration_seconds`, and adds `_total` to counters. Labels come from closed sets, and none names a guest.

            | Metric | Kind | Unit | Labels | Meaning |
            |---|---|---|---|---|

            """);
        var labels = File.ReadLines(Path.Combine(Repository.Root, "tests", "System", "Telemetry", "metrics.txt"))
            .Select(static line => line.Split(' '))
            .ToDictionary(static line => line[0], static line => line.Length > 2 ? line[2].Replace(",", ", ") : "");
        // A run without faults does not show these.
        labels["sessions_activations_broken_total"] = "reason";
        labels["sessions_dedup_window_short_total"] = "tenant";
        var instruments =
            from file in Repository.Files("src", "*.cs")
            where !file.Contains("/src/Client/", StringComparison.Ordinal) // Its own document has those of the client.
            from Match found in Instrument().Matches(File.ReadAllText(file))
            let name = found.Groups["name"].Value
            orderby name
            select $"| `{name}` | {found.Groups["kind"].Value} | `{found.Groups["unit"].Value}` | {Labels(name)} | {found.Groups["says"].Value.TrimEnd('.')} |";
        foreach (var line in instruments)
            text.AppendLine(line);
        return text.ToString();

        string Labels(string name)
        {
            var prometheus = name.Replace('.', '_');
            return labels.FirstOrDefault(known => known.Key == prometheus || (known.Key.StartsWith(prometheus, StringComparison.Ordinal)
                && known.Key[prometheus.Length..] is "_total" or "_seconds" or "_bytes_total")).Value ?? "";
        }
    }

    [GeneratedRegex(
        """
        Create(?<kind>Counter|UpDownCounter|Histogram|ObservableGauge|ObservableCounter|ObservableUpDownCounter|Gauge)(?:<\w+>)?\(\s*"(?<name>[^"]+)",\s*(?:[^",]+,\s*)?"(?<unit>[^"]+)",\s*"(?<says>[^"]+)"
        """)]
    private static partial Regex Instrument();
}
