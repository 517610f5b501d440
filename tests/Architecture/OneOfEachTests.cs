using System.Reflection;
using System.Text.RegularExpressions;
using GuestSessions.Core.Events;

namespace GuestSessions.Architecture.Tests;

/// <summary>What many places need exists once: a second one would soon differ from the first.</summary>
public sealed partial class OneOfEachTests
{
    /// <summary>Lists of names that callers see, as constants.</summary>
    private static readonly Type[] Lists =
        [typeof(EventCodes), typeof(EventTypes), Repository.Api.GetType("GuestSessions.Api.Errors.ProblemCodes", throwOnError: true)!];

    /// <summary>The same word with another meaning: what a person found out about an event in doubt.</summary>
    private static readonly string[] Allowed = ["EventActs.cs: not_delivered"];

    private static readonly string[] Apart = ["Emulator", "Client", "Cli"];

    [Fact]
    public void A_name_that_has_a_constant_is_written_nowhere_else()
    {
        var names = Lists.SelectMany(static list => list.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(static field => field.IsLiteral)
            .Select(static field => (string)field.GetRawConstantValue()!)).ToHashSet(StringComparer.Ordinal);
        var twins =
            from file in Service()
            where !Lists.Any(list => Path.GetFileName(file) == $"{list.Name}.cs")
            from line in File.ReadLines(file)
            where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            from Match literal in Literal().Matches(line)
            where names.Contains(literal.Groups[1].Value)
            select $"{Path.GetFileName(file)}: {literal.Groups[1].Value}";

        Assert.True(names.Count > 80);
        Assert.Equal(Allowed, twins.Distinct());
    }

    [Fact]
    public void Only_the_back_off_makes_a_wait_longer_than_the_one_before() => Assert.Equal(
        ["BackOff.cs"],
        Service().Where(static file => Doubling().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName));

    [Fact]
    public void The_outcomes_of_attempts_have_one_list_of_names() => Assert.Equal(
        ["OutcomeNames.cs"],
        Service().Where(static file => NameOfOutcome().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName));

    [Fact]
    public void The_lists_over_all_guests_have_one_word() => Assert.Empty(
        from assembly in Repository.All.Except([Repository.Emulator])
        from type in Repository.TypesOf(assembly)
        where OtherWordForLists().IsMatch(type.FullName!)
        select type.FullName);

    [Fact]
    public void All_tests_wait_by_the_same_code() => Assert.Equal(
        ["tests/Kit/Eventually.cs"],
        Repository.Files("tests", "*.cs")
            .Where(static file => File.ReadAllText(file).Contains("static class Eventually\n", StringComparison.Ordinal))
            .Select(static file => Path.GetRelativePath(Repository.Root, file)));

    /// <summary>
    /// The emulator shares nothing, so that it can disagree, and callers have the package alone; examples of the API are bodies
    /// as callers see them.
    /// </summary>
    private static IEnumerable<string> Service() => Repository.Files("src", "*.cs").Where(static file =>
        !Apart.Any(folder => file.StartsWith(Path.Combine(Repository.Root, "src", folder), StringComparison.Ordinal))
        && Path.GetFileName(file) != "Examples.cs");

    [GeneratedRegex(@"Listing\b|Operator|Index\b")]
    private static partial Regex OtherWordForLists();

    [GeneratedRegex("\"([A-Za-z_]+)\"(?!u8)")]
    private static partial Regex Literal();

    [GeneratedRegex(@"<< \w*(?:doublings|attempts?|failures)\b|\b(?:delay|pause|wait|backoff) ?\*=? ?2\b", RegexOptions.IgnoreCase)]
    private static partial Regex Doubling();

    [GeneratedRegex("AttemptOutcome\\.\\w+ => \"")]
    private static partial Regex NameOfOutcome();
}
