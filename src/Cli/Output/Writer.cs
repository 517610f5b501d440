using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace GuestSessions.Cli.Output;

/// <summary>How data is written.</summary>
internal enum Format
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>One JSON document; an array for a list.</summary>
    Json,

    /// <summary>One JSON object per line, as soon as it is known.</summary>
    Ndjson,
}

/// <summary>
/// Writes data to stdout and nothing else there. Messages go to stderr. Without a terminal there is no colour, and nothing is
/// drawn; <c>NO_COLOR</c> counts too.
/// </summary>
internal sealed class Writer(Format format)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private const string Deeper = "  ";

    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        ColorSystem = Console.IsOutputRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        Interactive = InteractionSupport.No,
    });

    /// <summary>One object.</summary>
    public void One(JsonObject value)
    {
        if (format != Format.Table)
        {
            Console.Out.WriteLine(format == Format.Json ? value.ToJsonString(Indented) : value.ToJsonString());
            return;
        }

        Members(value, indent: "");
    }

    /// <summary>What comes one by one, each as soon as it is known.</summary>
    public async Task StreamAsync(IAsyncEnumerable<JsonObject> items, params IReadOnlyList<string> columns)
    {
        await foreach (var item in items)
            Line(format == Format.Table ? Cells(item, columns) : item.ToJsonString());
    }

    /// <summary>A list, to its end.</summary>
    /// <param name="items">In their order.</param>
    /// <param name="columns">Members that the table shows, <c>a.b</c> for nested ones.</param>
    /// <returns>Number of items.</returns>
    public async Task<int> ManyAsync(IAsyncEnumerable<JsonObject> items, params IReadOnlyList<string> columns)
    {
        var count = 0;
        var table = new Table { Border = TableBorder.Simple };
        var all = new JsonArray();
        foreach (var column in columns)
            table.AddColumn(column);
        await foreach (var item in items)
        {
            count++;
            switch (format)
            {
                case Format.Ndjson:
                    await Console.Out.WriteLineAsync(item.ToJsonString());
                    break;
                case Format.Json:
                    all.Add(item.DeepClone());
                    break;
                case Format.Table when Console.IsOutputRedirected:
                    Line(Cells(item, columns));
                    break;
                default:
                    table.AddRow([.. columns.Select(column => new Text(Cell(At(item, column))))]);
                    break;
            }
        }

        if (format == Format.Json)
            Console.Out.WriteLine(all.ToJsonString(Indented));
        else if (format == Format.Table && !Console.IsOutputRedirected)
            _console.Write(table);
        return count;
    }

    /// <summary>A line of text that is data.</summary>
    public static void Line(string text) => Console.Out.WriteLine(text);

    /// <summary>A line of text for a person, beside the data.</summary>
    public static void Message(string text) => Console.Error.WriteLine(text);

    // One line a value; what is nested stands below its name, and each object of a list begins with a dash.
    private static void Members(JsonObject value, string indent, string first = "")
    {
        var before = first;
        foreach (var (name, member) in value)
        {
            switch (member)
            {
                case JsonObject { Count: > 0 } nested:
                    Line($"{indent}{before}{name}:");
                    Members(nested, indent + Step(first) + Deeper);
                    break;
                case JsonArray items when items.OfType<JsonObject>().Any():
                    Line($"{indent}{before}{name}:");
                    foreach (var item in items.OfType<JsonObject>())
                        Members(item, indent + Step(first) + Deeper, first: "- ");
                    break;
                case JsonArray plain:
                    Line($"{indent}{before}{name}: {string.Join(", ", plain.Select(Cell))}");
                    break;
                default:
                    Line($"{indent}{before}{name}: {Cell(member)}");
                    break;
            }

            before = Step(first);
        }
    }

    private static string Step(string dash) => new(' ', dash.Length);

    private static string Cells(JsonObject item, IReadOnlyList<string> columns) =>
        string.Join('\t', columns.Select(column => Cell(At(item, column))));

    private static JsonNode? At(JsonObject item, string path) =>
        path.Split('.').Aggregate((JsonNode?)item, static (node, name) => (node as JsonObject)?[name]);

    // No value may move the cursor or start a new cell.
    private static string Cell(JsonNode? value) => string.Concat(
        (value is null ? "" : value is JsonValue plain && plain.TryGetValue<string>(out var text) ? text : value.ToJsonString())
        .Select(static one => char.IsControl(one) ? ' ' : one));
}
