using GuestSessions.Core.Journal;
using GuestSessions.Core.Options;
using GuestSessions.Core.Privacy;
using Microsoft.Extensions.Options;

namespace GuestSessions.Grains.Operations;

/// <summary>What operations on whole guests need of their silo.</summary>
public sealed class OperationPorts(
    IJournal journal, IErasureStore erasures, IFileStore files, IOptions<SessionsOptions> options)
{
    public IJournal Journal => journal;
    public IErasureStore Erasures => erasures;
    public IFileStore Files => files;
    public PrivacyOptions Privacy => options.Value.Privacy;
    public TenantOptions? TenantOf(string name) => options.Value.Tenants.GetValueOrDefault(name);
}
