using GuestSessions.Core.Guests;

namespace GuestSessions.Storage.Owners;

/// <summary>One claim as a store writes it.</summary>
/// <param name="Browser">Keyed hash of tenant and browser id.</param>
/// <param name="After">The generation the row must stand at; 0 for none.</param>
public sealed record OwnerClaim(UInt128 Browser, GuestKey Guest, string Name, long After);
