using GuestSessions.ProviderKit;

namespace GuestSessions.Api.Tests.SignIn;

/// <summary>One provider for all tests of a class, which change nothing of it: its keys and its start take long.</summary>
public sealed class SharedProvider : IAsyncLifetime
{
    public TestProvider Provider { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Provider = await TestProvider.StartAsync();

    public ValueTask DisposeAsync() => Provider.DisposeAsync();
}
