using GuestSessions.Core.Events.Rules;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>What another host saw first, and what this one told.</summary>
public sealed class FakeExtTypes : IExtTypesGrain
{
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers in place of what is told.</summary>
    public Dictionary<string, ExtType> SeenBefore { get; } = [];

    /// <summary>Something was told and answered.</summary>
    public Task Told => _told.Task;

    /// <summary>What is stored.</summary>
    public List<LearnedExtType> Stored { get; } = [];

    /// <summary>Thrown by reads while it is set.</summary>
    public Exception? Fault { get; set; }

    public ActMessage? ResetBy { get; private set; }

    public Task<ExtTypesView> ReadAsync() => Fault is { } fault
        ? Task.FromException<ExtTypesView>(fault)
        : Task.FromResult(new ExtTypesView([.. Stored], 1));

    public Task<long> CountResetsAsync() => Fault is { } fault ? Task.FromException<long>(fault) : Task.FromResult(1L);

    public Task<int> ResetAsync(string? eventType, string? name, ActMessage act)
    {
        ResetBy = act;
        return Task.FromResult(Stored.RemoveAll(known => (eventType is null || known.Attribute.EventType == eventType)
            && (name is null || known.Attribute.Name == name)));
    }

    public Task<IReadOnlyList<ExtAttribute>> AgreeAsync(IReadOnlyList<ExtAttribute> seen)
    {
        _told.TrySetResult();
        return Task.FromResult<IReadOnlyList<ExtAttribute>>([.. seen.Select(attribute =>
            attribute with { Type = SeenBefore.GetValueOrDefault(attribute.Name, attribute.Type) })]);
    }
}
