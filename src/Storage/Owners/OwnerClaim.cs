using GuestSessions.Core.Guests;

namespace GuestSessions.Storage.Owners;

/// <summary>One claim as a store writes it.</summary>
/// <param name="Browser">Keyed hash of tenant and browser id.</param>
/// <param name="After">The generation that the row must have; 0 when there must be no row.</param>
public sealed record OwnerClaim(UInt128 Browser, GuestKey Guest, string Name, long After);
