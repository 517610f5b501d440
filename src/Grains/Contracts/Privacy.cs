using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Contracts;

/// <param name="Operation">The id of the operation that erased the guest.</param>
[GenerateSerializer, Immutable, Alias("erasure-view")]
public sealed record ErasureView([property: Id(0)] string Operation, [property: Id(1)] DateTimeOffset At);

/// <param name="Denied">Who denied consent, and when; null while it is granted.</param>
/// <param name="Dropped">How many waiting events were dropped.</param>
[GenerateSerializer, Immutable, Alias("consent-answer")]
public sealed record ConsentAnswer(
    [property: Id(0)] bool IsErased, [property: Id(1)] PersonAct? Denied, [property: Id(2)] int Dropped);
