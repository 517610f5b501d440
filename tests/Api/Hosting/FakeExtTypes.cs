using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>What another host saw first, and what this one told.</summary>
public sealed class FakeExtTypes : IExtTypesGrain
{
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers in place of what is told.</summary>
    public Dictionary<string, int> SeenBefore { get; } = [];

    /// <summary>Something was told and answered.</summary>
    public Task Told => _told.Task;

    public Task<IReadOnlyList<ExtTypeMessage>> AgreeAsync(IReadOnlyList<ExtTypeMessage> seen)
    {
        _told.TrySetResult();
        return Task.FromResult<IReadOnlyList<ExtTypeMessage>>([.. seen.Select(attribute =>
            attribute with { Type = SeenBefore.GetValueOrDefault(attribute.Name, attribute.Type) })]);
    }
}
