namespace GuestSessions.Core.Journal;

/// <summary>The journal could not say that a commit is durable. Nothing of it may be acknowledged.</summary>
public sealed class JournalUnavailableException(string message, Exception? inner = null)
    : Exception(message, inner);

/// <summary>A stored row cannot be read: damaged, or written by a newer version. The message names the row.</summary>
public sealed class JournalCorruptException(string message, Exception? inner = null) : Exception(message, inner);
