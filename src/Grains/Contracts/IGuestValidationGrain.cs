using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>The dry run of one guest's session.</summary>
[Alias("guest-validation"), Version(1)]
public interface IGuestValidationGrain : IGrainWithStringKey
{
    /// <summary>Says what recording these events now would come to, and stores nothing.</summary>
    /// <exception cref="SessionUnavailableException">The session cannot be read now.</exception>
    [Alias("validate")]
    Task<RecordAnswer> ValidateAsync(RecordRequest request);
}
