using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Clustering;

/// <summary>
/// What a silo that is alone listens on: nothing. Nobody can dial it, and it has nobody to dial; its own API is a client
/// within the process, which needs no connection.
/// </summary>
internal sealed class NoPorts : IConnectionListenerFactory
{
    /// <summary>Takes the place of Orleans' sockets.</summary>
    public static void Use(IServiceCollection services)
    {
        // Orleans keeps one for its silos and one for its gateway, under keys of its own.
        var sockets = services.Where(static service =>
            service.IsKeyedService && service.ServiceType == typeof(IConnectionListenerFactory)).ToList();
        if (sockets.Count == 0)
            throw new InvalidOperationException("Orleans listens by other means than those that are switched off here.");
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

        /// <summary>Nobody comes until it ends.</summary>
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
