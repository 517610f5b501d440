using GuestSessions.Core.Journal;

namespace GuestSessions.Grains.Contracts.Surrogates;

[GenerateSerializer, Immutable]
internal readonly record struct FoundEventsSurrogate(
    [property: Id(0)] IReadOnlyList<string> Guests,
    [property: Id(1)] DateTimeOffset? BackTo,
    [property: Id(2)] JournalPlace? Next);

[GenerateSerializer, Immutable]
internal readonly record struct JournalPlaceSurrogate([property: Id(0)] DateOnly Day, [property: Id(1)] long Position);

/// <summary>A search through the journal of all guests.</summary>
[RegisterConverter]
internal sealed class SearchConverter :
    IConverter<FoundEvents, FoundEventsSurrogate>,
    IConverter<JournalPlace, JournalPlaceSurrogate>
{
    public FoundEventsSurrogate ConvertToSurrogate(in FoundEvents value) => new(value.Guests, value.BackTo, value.Next);

    public FoundEvents ConvertFromSurrogate(in FoundEventsSurrogate surrogate) =>
        new(surrogate.Guests, surrogate.BackTo, surrogate.Next);

    public JournalPlaceSurrogate ConvertToSurrogate(in JournalPlace value) => new(value.Day, value.Position);

    public JournalPlace ConvertFromSurrogate(in JournalPlaceSurrogate surrogate) => new(surrogate.Day, surrogate.Position);
}
