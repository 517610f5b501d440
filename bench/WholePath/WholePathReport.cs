using System.Globalization;
using System.Text;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench.WholePath;

/// <summary>Medians of the turns, and the ratio to the floor's turn of the same round; as a table and as a picture.</summary>
internal sealed class WholePathReport(IReadOnlyList<Turn> turns, IReadOnlyList<string> contenders, BenchmarkSettings settings)
{
    private const string Begin = "<!-- bench/whole-path.sh -->";
    private const string End = "<!-- end -->";

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly int[] _callers = [.. turns.Select(static turn => turn.Callers).Distinct()];

    private string Floor => contenders[1];

    private string Name => Text($"whole-path-{_now:yyyy-MM-dd}");

    private string Where => Text($"{_now:yyyy-MM-dd}, commit {settings.Commit}, {Machine.Describe()}");

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine(Text($"# The whole path on PostgreSQL, {_now:yyyy-MM-dd}, commit {settings.Commit}"));
        text.AppendLine(Text($"\n{Machine.Describe()}; load, sinks, contenders and PostgreSQL share it. {settings.Guests:N0} guests; turns of {settings.Seconds} s, {settings.Rounds} each, after {settings.WarmUp} s to warm up; medians. Ratios are medians over the rounds of a turn to the floor's in the same round.\n"));
        text.AppendLine("| callers | contender | acked/s | delivered/s | × the floor | p50 ms | p99 ms | program µs | PostgreSQL µs | both, × the floor | switches | refused |");
        text.AppendLine("|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var callers in _callers)
        {
            foreach (var contender in contenders)
                text.AppendLine(Text($"| {callers} | {contender} | {Of(contender, callers, t => t.Acknowledged):N0} | {Of(contender, callers, t => t.Delivered):N0} | {Ratio(contender, callers, t => t.Delivered):N2} | {Of(contender, callers, t => t.P50Ms):N1} | {Of(contender, callers, t => t.P99Ms):N0} | {Of(contender, callers, t => t.ProgramMicroseconds):N0} | {Of(contender, callers, t => t.PostgresMicroseconds):N0} | {Ratio(contender, callers, t => t.Microseconds):N2} | {Of(contender, callers, t => t.Switches):N1} | {Turns(contender, callers).Sum(t => t.Refused):N0} |"));
        }

        return text.ToString();
    }

    /// <summary>Writes the table and the picture, and what the README shows of them.</summary>
    /// <param name="readme">The path of the README; null leaves it as it is.</param>
    public async Task WriteAsync(string folder, string? readme)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, $"{Name}.md"), ToMarkdown());
        await File.WriteAllTextAsync(Path.Combine(folder, "whole-path.svg"), Draw());
        if (readme is null)
            return;
        var text = await File.ReadAllTextAsync(readme);
        var (start, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (start < 0 || end < start)
            throw new InvalidOperationException($"{readme} has no place for the table: a line {Begin} and a line {End} after it.");
        await File.WriteAllTextAsync(readme, text[..(start + Begin.Length)] + "\n" + ForReadme() + text[end..]);
    }

    private string ForReadme()
    {
        var text = new StringBuilder();
        text.AppendLine("| callers | | events/s | of the floor | p99 of an answer | processor time of an event |");
        text.AppendLine("|---:|---|---:|---:|---:|---:|");
        foreach (var callers in _callers)
        {
            foreach (var contender in contenders)
                text.AppendLine(Text($"| {callers} | {contender} | {Of(contender, callers, t => t.Delivered):N0} | {Ratio(contender, callers, t => t.Delivered):N2} | {Of(contender, callers, t => t.P99Ms):N0} ms | {Of(contender, callers, t => t.Microseconds):N0} µs |"));
        }

        text.AppendLine(Text($"\n{Where}; load and database share it ([all figures](bench/results/{Name}.md))."));
        return text.ToString();
    }

    private string Draw()
    {
        const double left = 168, width = 420, row = 26, top = 64;
        var most = turns.GroupBy(static turn => (turn.Contender, turn.Callers)).Max(group => Of(group.Key.Contender, group.Key.Callers, static t => t.Delivered));
        var svg = new StringBuilder();
        var height = top + (_callers.Length * ((contenders.Count * row) + 36)) + 44;
        svg.AppendLine(Text($$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 {{height}}" font-family="system-ui, sans-serif" role="img">
              <title>Events a second, durable and delivered: the service beside a floor and a grain with IPersistentState</title>
              <style>
                text { fill: #123; font-size: 13px }
                .head { font-size: 15px; font-weight: 600 }
                .note { font-size: 11px; fill: #456 }
                .bar { fill: #9db4c8 } .own { fill: #1f6fb2 }
              </style>
              <rect width="100%" height="100%" fill="#fff"/>
              <text class="head" x="16" y="26">Events a second: durable in PostgreSQL, in order, delivered, recorded</text>
            """));
        var y = top;
        foreach (var callers in _callers)
        {
            svg.AppendLine(Text($"""  <text class="note" x="16" y="{y - 8}">{callers} callers, one request each</text>"""));
            foreach (var contender in contenders)
            {
                var value = Of(contender, callers, static t => t.Delivered);
                var bar = value / most * width;
                svg.AppendLine(Text($"""  <text x="{left - 10}" y="{y + 16}" text-anchor="end">{contender}</text>"""));
                svg.AppendLine(Text($"""  <rect class="{(contender == contenders[0] ? "own" : "bar")}" x="{left}" y="{y + 2}" width="{bar:0.#}" height="{row - 6}" rx="2"/>"""));
                svg.AppendLine(Text($"""  <text x="{left + bar + 8:0.#}" y="{y + 16}">{value:N0}, {Of(contender, callers, static t => t.Microseconds):N0} µs, p99 {Of(contender, callers, static t => t.P99Ms):N0} ms</text>"""));
                y += row;
            }

            y += 36;
        }

        svg.AppendLine(Text($"""  <text class="note" x="16" y="{height - 30}">{Where}.</text>"""));
        svg.AppendLine(Text($"""  <text class="note" x="16" y="{height - 14}">Load and database on the same machine. µs: processor time of program and database for an event.</text>"""));
        return svg.AppendLine("</svg>").ToString();
    }

    private IEnumerable<Turn> Turns(string contender, int callers) =>
        turns.Where(turn => turn.Contender == contender && turn.Callers == callers);

    private double Of(string contender, int callers, Func<Turn, double> figure) => Turns(contender, callers).Select(figure).Median();

    private double Ratio(string contender, int callers, Func<Turn, double> figure) => Turns(contender, callers)
        .Join(Turns(Floor, callers), static turn => turn.Round, static turn => turn.Round, (turn, floor) => figure(turn) / figure(floor))
        .Median();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
