using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Clustering;

/// <summary>
/// Keeps a single silo from listening on any port. No other host connects to it, and it connects to none; its own API is a
/// client within the process, which needs no connection.
/// </summary>
internal sealed class NoPorts : IConnectionListenerFactory
{
    /// <summary>Replaces Orleans' sockets.</summary>
    public static void Use(IServiceCollection services)
    {
        // Orleans registers one for silos and one for the gateway, under its own keys.
        var sockets = services.Where(static service =>
            service.IsKeyedService && service.ServiceType == typeof(IConnectionListenerFactory)).ToList();
        if (sockets.Count == 0)
            throw new InvalidOperationException("Orleans does not listen through the two services that are replaced here.");
        foreach (var socket in sockets)
        {
            services.Remove(socket);
            services.AddKeyedSingleton<IConnectionListenerFactory, NoPorts>(socket.ServiceKey);
        }
    }

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new(new Listener(endpoint));

    private sealed class Listener(EndPoint endpoint) : IConnectionListener
    {
        private readonly TaskCompletionSource<ConnectionContext?> _ended =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EndPoint EndPoint => endpoint;

        /// <summary>Waits until the listener ends, because no connection ever arrives.</summary>
        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            new(_ended.Task.WaitAsync(cancellationToken));

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _ended.TrySetResult(null);
            return default;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
