using System.Text.RegularExpressions;
using GuestSessions.Core.Json;
using GuestSessions.Grains.Contracts;
using Orleans;

namespace GuestSessions.Architecture.Tests;

/// <summary>How many forms an event takes from the request to the row and back.</summary>
public sealed partial class FormTests
{
    private const int MostForms = 12;

    /// <summary>From this share of common members on, a message says what the core's type says already.</summary>
    private const double Twin = 0.75;

    /// <summary>Messages whose members are called like those of a type that is about something else.</summary>
    private static readonly Type[] Alike = [typeof(LimitUse)];

    private static readonly string Section = SectionOf("## Forms of an event");

    [Fact]
    public void An_event_has_few_forms_and_each_is_where_the_table_says()
    {
        var forms = Row().Matches(Section);

        Assert.InRange(forms.Count, 1, MostForms);
        Assert.All(forms, static form => Assert.Matches(
            $@"\b(class|record|struct) {form.Groups["name"].Value}\b",
            File.ReadAllText(Path.Combine(Repository.Root, form.Groups["file"].Value))));
    }

    [Fact]
    public void What_holds_the_content_of_an_event_is_among_its_forms()
    {
        var holders = Repository.All.SelectMany(Repository.TypesOf)
            .Where(static type => type.GetProperty("Body")?.PropertyType == typeof(Utf8Json) && !IsSurrogate(type))
            .Select(static type => type.Name).ToList();

        Assert.NotEmpty(holders);
        Assert.All(holders, static name => Assert.Matches($@"\b{name}\b", Section));
    }

    [Fact]
    public void No_message_says_again_what_a_type_of_the_core_says()
    {
        var core = Repository.TypesOf(Repository.Core).Where(static type => !type.IsEnum)
            .Select(static type => (Type: type, Members: MembersOf(type))).ToList();
        var messages = Repository.TypesOf(Repository.Grains).Where(static type =>
            type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)
            && !type.IsEnum && !type.IsAssignableTo(typeof(Exception)) && !IsSurrogate(type) && !Alike.Contains(type));

        Assert.All(messages, message =>
        {
            var members = MembersOf(message);
            var twin = core.Find(known => Common(members, known.Members) > Twin).Type;
            Assert.True(twin is null, $"{message.Name} twins {twin?.Name}: let the core's type travel by a surrogate.");
        });
    }

    private static bool IsSurrogate(Type type) => type.Name.EndsWith("Surrogate", StringComparison.Ordinal);

    private static HashSet<string> MembersOf(Type type) =>
        [.. type.GetProperties().Where(static member => member.SetMethod is not null).Select(static member => member.Name)];

    /// <summary>The share of the members of two types that both have; of one member nothing can be said.</summary>
    private static double Common(HashSet<string> some, HashSet<string> others) =>
        some.Count < 2 ? 0 : (double)some.Intersect(others).Count() / some.Union(others).Count();

    private static string SectionOf(string heading)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "ARCHITECTURE.md"));
        var start = text.IndexOf(heading, StringComparison.Ordinal);
        Assert.True(start >= 0, $"ARCHITECTURE.md has no section \"{heading}\".");
        var end = text.IndexOf("\n## ", start + heading.Length, StringComparison.Ordinal);
        return text[start..(end < 0 ? text.Length : end)];
    }

    [GeneratedRegex(@"^\|\s*\d+\s*\|\s*\[(?<name>\w+)\]\((?<file>[^)]+)\)", RegexOptions.Multiline)]
    private static partial Regex Row();
}
