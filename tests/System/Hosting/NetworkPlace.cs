namespace GuestSessions.SystemTests.Hosting;

/// <summary>Where a process can be started that shall have a network of its own.</summary>
internal sealed record NetworkPlace(string Namespace, string Address);
