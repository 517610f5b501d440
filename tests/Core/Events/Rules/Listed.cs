using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GuestSessions.Core.Events;
using GuestSessions.Core.Events.Rules;

namespace GuestSessions.Core.Tests.Events.Rules;

/// <summary>A line of <c>attributes.txt</c>.</summary>
public sealed partial record Listed(
    string Type, string Path, string Kind, string Form, string Need, string Case, string Seen, IReadOnlyList<string> Values)
{
    public const string AnyType = "(any)";

    /// <summary>Every attribute that has a name.</summary>
    public static IReadOnlyList<Listed> All { get; } = [.. Read()];

    public bool IsNamed => !Path.Contains('*') && Path != "(none)";

    public bool IsValueList => Values.Count > 0;

    /// <summary>The type of the event that shows it; a custom one of no rules for what all types have.</summary>
    public string EventType => Type is AnyType or "(custom)" ? "SADDLE_FITTED" : Type;

    /// <summary>Where a violation of the first item's attribute points.</summary>
    public string At => "/event/" + Path.Replace("[]", "/0", StringComparison.Ordinal).Replace('.', '/');

    public override string ToString() => $"{Type} {Path}";

    /// <summary>The rule that covers it, or null.</summary>
    public AttributeRule? Rule()
    {
        var rules = Type == AnyType ? Common : [.. TypeRules.Of(Type), .. Common];
        AttributeRule? rule = null;
        foreach (var name in Path.Replace("[]", "", StringComparison.Ordinal).Split('.'))
        {
            rule = rules.FirstOrDefault(known => known.Name == name);
            rules = rule?.Members.ToArray() ?? [];
        }

        return rule;
    }

    /// <summary>The object of the event that holds it.</summary>
    public JsonObject Parent(JsonObject body)
    {
        JsonNode at = body;
        foreach (var segment in Path.Split('.')[..^1])
            at = segment.EndsWith("[]", StringComparison.Ordinal) ? at[segment[..^2]]![0]! : at[segment]!;
        return at.AsObject();
    }

    public string Name => Path.Split('.')[^1];

    private static AttributeRule[] Common =>
    [
        AttributeRules.Type, AttributeRules.Channel, AttributeRules.Language, AttributeRules.Currency,
        AttributeRules.Page, AttributeRules.PointOfSale, AttributeRules.BrowserId, AttributeRules.RequestedAt,
        .. AttributeRules.Further,
    ];

    private static IEnumerable<Listed> Read()
    {
        using var stream = typeof(Listed).Assembly.GetManifestResourceStream("attributes.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            var cells = Gap().Split(line.TrimEnd());
            yield return new Listed(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6],
                cells[7] == "-" ? [] : cells[7].Split('|'));
        }
    }

    [GeneratedRegex(" {2,}")]
    private static partial Regex Gap();
}
