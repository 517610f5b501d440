namespace GuestSessions.Grains.Contracts;

/// <summary>
/// The session cannot answer now: storage failed, or the silo is overloaded or shutting down. Retry the same call.
/// </summary>
[GenerateSerializer, Alias("session-unavailable")]
public sealed class SessionUnavailableException : Exception
{
    public SessionUnavailableException(string message, Exception? inner = null) : base(message, inner) { }
}
