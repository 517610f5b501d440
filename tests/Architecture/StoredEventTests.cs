using System.Text.Json.Serialization;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Architecture.Tests;

/// <summary>Session events are the stored truth, so their shape is no place for surprises.</summary>
public sealed class StoredEventTests
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

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;
}
