using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>Allows every reveal until a test refuses them, and remembers what the audit would have.</summary>
public sealed class FakeReveals(FakeCluster cluster) : IRevealsGrain
{
    public RevealRefusal? Refusal { get; set; }

    /// <summary>Runs between the audit and the answer.</summary>
    public Action Then { get; set; } = static () => { };

    public List<RevealRequest> Audited { get; } = [];

    public Task<RevealRefusal?> AllowAsync(RevealRequest request)
    {
        if (cluster.Fault is { } fault)
            throw fault;
        if (Refusal is null)
            Audited.Add(request);
        Then();
        return Task.FromResult(Refusal);
    }
}
