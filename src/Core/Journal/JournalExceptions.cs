namespace GuestSessions.Core.Journal;

/// <summary>The journal could not confirm that a commit is durable. No part of the commit may be acknowledged.</summary>
public sealed class JournalUnavailableException(string message, Exception? inner = null)
    : Exception(message, inner);

/// <summary>A stored row cannot be read: damaged, or written by a newer version. The message names the row.</summary>
public sealed class JournalCorruptException(string message, Exception? inner = null) : Exception(message, inner);
