using GuestSessions.Core.Delivery;

namespace GuestSessions.Grains.Contracts.Surrogates;

[GenerateSerializer, Immutable]
internal readonly record struct PersonalizationCallSurrogate(
    [property: Id(0)] ReadOnlyMemory<byte> Body,
    [property: Id(1)] string? SiteId,
    [property: Id(2)] string? UserAgent,
    [property: Id(3)] string? Address);

[GenerateSerializer, Immutable]
internal readonly record struct RelayedAnswerSurrogate(
    [property: Id(0)] int? Status,
    [property: Id(1)] ReadOnlyMemory<byte> Body);

/// <summary>Calls that are forwarded to the upstream, and its answers.</summary>
[RegisterConverter]
internal sealed class UpstreamConverter :
    IConverter<PersonalizationCall, PersonalizationCallSurrogate>,
    IConverter<RelayedAnswer, RelayedAnswerSurrogate>
{
    public PersonalizationCallSurrogate ConvertToSurrogate(in PersonalizationCall value) =>
        new(value.Body, value.SiteId, value.UserAgent, value.Address);

    public PersonalizationCall ConvertFromSurrogate(in PersonalizationCallSurrogate surrogate) =>
        new(surrogate.Body, surrogate.SiteId)
        {
            UserAgent = surrogate.UserAgent,
            Address = surrogate.Address,
        };

    public RelayedAnswerSurrogate ConvertToSurrogate(in RelayedAnswer value) => new(value.Status, value.Body);

    public RelayedAnswer ConvertFromSurrogate(in RelayedAnswerSurrogate surrogate) => new(surrogate.Status, surrogate.Body);
}
