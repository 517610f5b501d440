using System.Text.RegularExpressions;
using GuestSessions.Core.Events;

namespace GuestSessions.Architecture.Tests;

/// <summary>A list can be filtered by every code that it can hold.</summary>
public sealed partial class EventCodeTests
{
    private static readonly string[] Checks =
        ["src/Core/Events", "src/Core/Sessions", "src/Api/Ingest"];

    [Fact]
    public void Every_code_that_a_check_of_an_event_gives_is_one_to_filter_by()
    {
        var given = Checks.SelectMany(static folder => Repository.Files(folder, "*.cs"))
            .SelectMany(static file => Given().Matches(File.ReadAllText(file)))
            .Select(static match => (string)typeof(EventCodes).GetField(match.Groups["code"].Value)!.GetRawConstantValue()!)
            .Distinct().ToList();

        Assert.True(given.Count > 25);

        // A repetition alone is told that its time differs: no event keeps that, and no list has it.
        Assert.Equal([EventCodes.OccurredAtDiffers], given.Except(EventCodes.Warnings).Except(EventCodes.Rejections));
    }

    // A code where something is found, or where a form names its own.
    [GeneratedRegex(@"(?:Error|Warn|Fatal|Report|Note|Violation|Letters|OneOf|TextForm|new)\((?:[!\w.]+, )?\s*EventCodes\.(?<code>\w+),")]
    private static partial Regex Given();
}
