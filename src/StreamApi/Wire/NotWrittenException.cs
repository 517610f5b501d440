namespace GuestSessions.StreamApi.Wire;

/// <summary>Stops a request before its first byte. Never leaves this assembly.</summary>
internal sealed class NotWrittenException(string message) : Exception(message);
