using System.Diagnostics;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Architecture.Tests;

/// <summary>Session events are the stored truth, so their shape is no place for surprises.</summary>
public sealed partial class StoredEventTests
{
    private static readonly List<Type> Events =
        [.. Repository.TypesOf(Repository.Core).Where(static type => type.IsSubclassOf(typeof(SessionEvent)))];

    private static readonly List<JsonDerivedTypeAttribute> Registered =
        [.. typeof(SessionEvent).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
            .Cast<JsonDerivedTypeAttribute>()];

    [Fact]
    public void Every_session_event_is_a_sealed_record()
    {
        Assert.NotEmpty(Events);
        Assert.All(Events, static type => Assert.True(type.IsSealed && IsRecord(type), $"{type.Name} is not."));
    }

    [Fact]
    public void Every_session_event_is_registered_once_or_it_could_not_be_read_back() => Assert.Equal(
        Events.Select(static type => type.Name).Order(),
        Registered.Select(static entry => entry.DerivedType.Name).Order());

    [Fact]
    public void Every_discriminator_is_one_events_alone_and_in_snake_case()
    {
        var names = Registered.ConvertAll(static entry => (string)entry.TypeDiscriminator!);
        Assert.Equal(names.Distinct(), names);
        Assert.All(names, static name => Assert.Matches("^[a-z]+(_[a-z]+)*$", name));
    }

    [Fact]
    public void Every_session_event_with_a_sequence_is_about_one_event_or_its_receipt_would_miss_it() => Assert.All(
        Events.Where(static type => type.GetProperty(nameof(IAboutEvent.Sequence)) is not null),
        static type => Assert.True(type.IsAssignableTo(typeof(IAboutEvent)), $"{type.Name} is not."));

    [Fact]
    public void Every_switch_over_session_events_names_them_all_or_a_forgotten_one_would_vanish() => Assert.All(
        Switches(), static found =>
        {
            Assert.Empty(Events.Where(type => !Regex.IsMatch(found.Body, $@"\b{type.Name}\b")).Select(static type => type.Name));
            Assert.Contains($"throw new {nameof(UnreachableException)}", found.Body, StringComparison.Ordinal);
        });

    [Fact]
    public void The_guide_to_a_new_session_event_names_every_place_that_must_know_it()
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "CONTRIBUTING.md"));
        var places = Switches().Select(static found => Path.GetRelativePath(Repository.Root, found.File)).Distinct().ToList();

        Assert.True(places.Count >= 5);
        Assert.All(places, place => Assert.Contains($"({place})", guide, StringComparison.Ordinal));
    }

    /// <summary>The blocks that tell one session event from another.</summary>
    private static IEnumerable<(string File, string Body)> Switches() =>
        from file in Repository.Files("src", "*.cs")
        from Match block in Switch().Matches(File.ReadAllText(file))
        where Events.Any(type => Regex.IsMatch(block.Value, $@"\b{type.Name}\b"))
        select (file, block.Value);

    // From the switch over @event to the end of its block.
    [GeneratedRegex(@"^(?<indent> *)[^\n]*(?:@event switch|switch \(@event\))\r?\n\k<indent>\{.*?^\k<indent>\}",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Switch();

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;
}
