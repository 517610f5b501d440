using System.Text;
using System.Text.Json.Nodes;

namespace GuestSessions.Cli.Import;

/// <summary>
/// One line for each rejected one: its number, why, and what was sent. It exists only while it has a line, and an import that is
/// refused before its first answer leaves the report of an earlier one as it is.
/// </summary>
/// <param name="file">Its path.</param>
internal sealed class RejectionReport(string file)
{
    /// <param name="bytes">What it has; anything behind them was written by a batch that is not done.</param>
    /// <param name="lines">Of a batch.</param>
    /// <param name="results">A final result for each line.</param>
    /// <returns>Bytes that it has now, on the disk.</returns>
    public async Task<long> AddAsync(long bytes, IReadOnlyList<ImportLine> lines, JsonObject[] results)
    {
        List<(ImportLine Line, JsonObject Result)> rejected =
            [.. lines.Zip(results).Where(static one => one.Second["status"]!.GetValue<string>() == "rejected")];
        if (rejected.Count == 0 && bytes == 0)
        {
            File.Delete(file);
            return 0;
        }

        await using var report = File.Open(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        report.SetLength(bytes);
        report.Seek(0, SeekOrigin.End);
        foreach (var (line, result) in rejected)
        {
            result["line"] = line.Number;
            result["sent"] = line.Text;
            await report.WriteAsync(Encoding.UTF8.GetBytes($"{result.ToJsonString()}\n"));
        }

        report.Flush(flushToDisk: true);
        return report.Length;
    }
}
